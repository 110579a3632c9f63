/** Proves that topic and tables say the same of each task, and asks the orchestrator about those of which they do not. */
@NullMarked
package io.millrace.local.audit;

import org.jspecify.annotations.NullMarked;
