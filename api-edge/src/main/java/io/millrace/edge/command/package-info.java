/** Commands on their way to the orchestrator, and its answers on their way back. */
@NullMarked
package io.millrace.edge.command;

import org.jspecify.annotations.NullMarked;
