/** The decisions of the orchestrator as plain Java: {@code decide(state, message) -> new state + effects}, with no Flink in sight. */
@NullMarked
package io.millrace.engine;

import org.jspecify.annotations.NullMarked;
