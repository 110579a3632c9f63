package io.millrace.local.audit;

import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.topic.Topic;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.TaskCommand;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Answers a resync as the design has it: what it knows it sends in full, what it does not know it ends as lost. */
final class FakeOrchestrator implements AutoCloseable {
    private final AuditBench bench;
    private final Set<String> known;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final LogReader commands;
    private final Thread thread;
    private volatile boolean stopped;

    FakeOrchestrator(AuditBench bench, Set<String> known) {
        this.bench = bench;
        this.known = known;
        // Commands of earlier tests are none of its business.
        this.commands = new LogReader(bench.kafka(), Topic.COMMANDS);
        commands.skipToEnd();
        this.thread = new Thread(this::run, "fake-orchestrator");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try (commands) {
            while (!stopped) {
                commands.readSome(this::answer);
            }
        }
    }

    private void answer(ConsumerRecord<byte[], byte[]> record) {
        try {
            TaskCommand command = TaskCommand.parseFrom(record.value());
            String task = command.getTaskId();
            boolean lost = !known.contains(task);
            // What it knows may be further than what the tables have.
            long version = lost ? command.getSnapshot().getVersion() + 1 : 9;
            String before = command.getSnapshot().getStatus();
            String after = lost ? "failed" : before;
            bench.both(TaskEvents.event(task, version, lost ? EventType.FAILED : EventType.SNAPSHOT, after));
            Progress answer = Progress.newBuilder()
                    .setTaskId(task)
                    .setUserId(command.getUserId())
                    .setAnswer(CommandAnswer.newBuilder()
                            .setCommandId(command.getCommandId())
                            .setAccepted(true)
                            .setPreviousStatus(before)
                            .setStatus(after))
                    .build();
            bench.send(new ProducerRecord<>(
                    Topic.PROGRESS.topicName(), answer.getUserIdBytes().toByteArray(), answer.toByteArray()));
        } catch (Exception e) {
            failure.compareAndSet(null, e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join(10_000);
        Throwable failed = failure.get();
        if (failed != null) {
            throw new AssertionError("the fake orchestrator failed", failed);
        }
    }
}
