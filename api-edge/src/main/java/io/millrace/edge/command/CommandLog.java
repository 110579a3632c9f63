package io.millrace.edge.command;

import io.millrace.schemas.v1.TaskCommand;
import reactor.core.publisher.Mono;

/** Where commands go. */
public interface CommandLog {
    /**
     * Completes when the command is durable, within five seconds; else fails with a 503 {@link io.millrace.edge.problem.Problem}. After
     * a failure the command may still have been written: it is safe to send the same command again.
     */
    Mono<Void> append(TaskCommand command);
}
