package io.millrace.inference.accept;

import io.millrace.schemas.v1.TaskCommand;
import java.util.concurrent.CompletableFuture;

/** Where commands to the orchestrator go. Called from any thread. */
public interface CommandSink extends AutoCloseable {
    /** Completes when the command is kept by the log; exceptionally when it may be lost. Never throws. */
    CompletableFuture<Void> send(TaskCommand command);

    /** Gives what was sent a moment to leave. */
    @Override
    void close();
}
