/** The stateful functions: they translate between StateFun and the pure decisions of the engine. */
@NullMarked
package io.millrace.orchestrator.function;

import org.jspecify.annotations.NullMarked;
