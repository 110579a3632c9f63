/** Calls of the inference endpoint: one attempt each, and every failure is an answer. */
@NullMarked
package io.millrace.orchestrator.remote;

import org.jspecify.annotations.NullMarked;
