/** Whole workflows in one thread, as the orchestrator would run them. */
@org.jspecify.annotations.NullMarked
package io.millrace.inference.flow;
