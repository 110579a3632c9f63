/** What the job can be told, with defaults, and how it is read. */
@NullMarked
package io.millrace.orchestrator.config;

import org.jspecify.annotations.NullMarked;
