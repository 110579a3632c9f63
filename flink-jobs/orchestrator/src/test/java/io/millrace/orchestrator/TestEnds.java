package io.millrace.orchestrator;

import io.millrace.orchestrator.ingress.ReceivedRecord;
import io.millrace.schemas.topic.Topic;
import io.millrace.schemas.v1.CommittedRecord;
import io.millrace.schemas.v1.EventRecord;
import io.millrace.schemas.v1.LiveRecord;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.TaskCommand;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A log and two collectors in memory where Kafka would be. They outlive the job, as Kafka does; the job's operators find them
 * by their name because they are serialized on the way to it.
 */
final class TestEnds implements Serializable, AutoCloseable {
    private static final long serialVersionUID = 1L;
    private static final Map<String, Shared> ALL = new ConcurrentHashMap<>();

    /** What all incarnations of the job share. */
    static final class Shared {
        private final List<ReceivedRecord> log = new CopyOnWriteArrayList<>();
        private final List<ReceivedRecord> rows = new CopyOnWriteArrayList<>();
        final List<LiveRecord> live = new CopyOnWriteArrayList<>();
        final List<CommittedRecord> committed = new CopyOnWriteArrayList<>();
        final AtomicInteger starts = new AtomicInteger();
        final AtomicInteger checkpoints = new AtomicInteger();

        /** The record at the offset; null when none comes for a moment. */
        synchronized @Nullable ReceivedRecord await(Topic topic, int offset) throws InterruptedException {
            List<ReceivedRecord> log = log(topic.topicName());
            if (offset >= log.size()) {
                wait(20);
            }
            return offset < log.size() ? log.get(offset) : null;
        }

        synchronized void append(ReceivedRecord received) {
            log(received.topic).add(received);
            notifyAll();
        }

        /** As one transaction: all of them or none. */
        synchronized void appendAll(List<ReceivedRecord> received) {
            received.forEach(this::append);
        }

        private List<ReceivedRecord> log(String topic) {
            return topic.equals(Topic.CAMPAIGN_ROWS.topicName()) ? rows : log;
        }
    }

    private final String name = UUID.randomUUID().toString();

    TestEnds() {
        ALL.put(name, new Shared());
    }

    Shared shared() {
        return Objects.requireNonNull(ALL.get(name));
    }

    /** Writes a command to the log of its topic, under the id of its task. */
    void send(Topic topic, TaskCommand command) {
        shared().append(received(topic, command));
    }

    void send(TaskCommand command) {
        send(Topic.COMMANDS, command);
    }

    static ReceivedRecord received(Topic topic, TaskCommand command) {
        return ReceivedRecord.of(topic.topicName(), 0, command.getTaskIdBytes().toByteArray(), command.toByteArray());
    }

    List<EventRecord> events() {
        return shared().committed.stream()
                .filter(CommittedRecord::hasEvent)
                .map(CommittedRecord::getEvent)
                .toList();
    }

    List<EventRecord> events(String taskId) {
        return events().stream()
                .filter(event -> event.getTaskId().equals(taskId))
                .toList();
    }

    List<Progress> steps(String taskId) {
        return shared().live.stream()
                .filter(LiveRecord::hasProgress)
                .map(LiveRecord::getProgress)
                .filter(progress -> progress.getTaskId().equals(taskId) && progress.hasStepTaken())
                .toList();
    }

    @Override
    public void close() {
        ALL.remove(name);
    }
}
