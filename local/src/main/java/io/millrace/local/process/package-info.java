/** Processes that outlive their parent: identity, ending, memory, logs, ports. */
@NullMarked
package io.millrace.local.process;

import org.jspecify.annotations.NullMarked;
