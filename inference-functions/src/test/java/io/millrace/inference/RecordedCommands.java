package io.millrace.inference;

import io.millrace.inference.accept.CommandSink;
import io.millrace.schemas.v1.TaskCommand;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what would go to the orchestrator; loses the first few when told to. */
final class RecordedCommands implements CommandSink {
    final AtomicInteger toLose = new AtomicInteger();
    private final Queue<TaskCommand> kept = new ConcurrentLinkedQueue<>();

    @Override
    public CompletableFuture<Void> send(TaskCommand command) {
        if (toLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return CompletableFuture.failedFuture(new IllegalStateException("the log cannot be reached"));
        }
        kept.add(command);
        return CompletableFuture.completedFuture(null);
    }

    List<TaskCommand> reports() {
        return kept.stream().filter(TaskCommand::hasReport).toList();
    }

    List<TaskCommand> ends() {
        return kept.stream().filter(TaskCommand::hasFinish).toList();
    }

    @Override
    public void close() {}
}
