package io.millrace.edge.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.millrace.edge.access.Caller;
import io.millrace.edge.live.LiveEvent;
import io.millrace.edge.live.LiveLimits;
import io.millrace.edge.live.LiveView;
import io.millrace.edge.live.LogRecord;
import io.millrace.edge.live.Place;
import io.millrace.edge.live.Records;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.problem.StreamClosed;
import io.millrace.edge.task.TaskReader;
import io.millrace.schemas.v1.Step;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** How streams begin, and what becomes of them when their places are not those of the log. */
class StreamsTest {
    private static final String USER = Story.USER;
    private static final String TASK = "task_01890000-0000-7000-8000-000000000001";

    private final List<LogRecord> log = new ArrayList<>();
    private final Records records = new Records();
    private @Nullable TaskView row;
    private final Hub hub = new Hub(
            new LiveView(new LiveLimits(Duration.ofHours(1), 10, 1 << 20, 10, 1, 1 << 20, 10, 2)),
            new MailboxLimits(100, Duration.ZERO),
            Schedulers.immediate(),
            Clock.systemUTC());
    private final Streams streams = new Streams(
            hub,
            new TaskReader(
                    hub,
                    new NoRows() {
                        @Override
                        public Mono<TaskView> find(String taskId) {
                            return Mono.justOrEmpty(row);
                        }
                    },
                    Mono::empty),
            new Replay(hub, new MemoryHistory(log)),
            Clock.systemUTC());

    @BeforeEach
    void follow() {
        hub.beginAt(Records.PARTITION, 0);
    }

    @Test
    void openStreamsHoldOnToNothingTheyBeganWith() {
        step(TASK, 1, "processing");
        WeakReference<TaskView> begunWith = viewOf(TASK);
        Client all = new Client(ofUser(USER, null));
        Client one = new Client(ofTask(TASK, null));
        step(TASK, 2, "processing");
        step("task_b", 1, "processing");

        await().atMost(Duration.ofMinutes(2)).until(() -> {
            System.gc();
            return begunWith.get() == null;
        });
        assertThat(all.names).containsExactly("snapshot", "progress", "progress");
        assertThat(one.names).containsExactly("snapshot", "progress");
    }

    @Test
    void streamOfACursorThatNoLogReachedGoesOnBehindItsGap() {
        step("task_a", 1, "processing");
        Client client = new Client(ofUser(USER, at(70).text()));
        Place end = hub.end(Records.PARTITION);
        hub.accepted(pending("task_new"));
        step("task_a", 2, "processing");

        assertThat(client.names).containsExactly("gap", "snapshot", "task_created", "progress");
        assertThat(client.places).containsExactly(end, end, end, at(1));
    }

    @Test
    void streamsOfALogThatBeginsAnewEndAndComeBackToAllOfIt() {
        step("task_a", 1, "processing");
        step("task_a", 2, "processing");
        step("task_a", 3, "processing");
        assertThat(Hub.partitionOf("bob")).isNotEqualTo(Records.PARTITION);
        Client client = new Client(ofUser(USER, null));
        Client elsewhere = new Client(ofUser("bob", null));
        log.clear();
        hub.reset(Records.PARTITION);
        hub.beginAt(Records.PARTITION, 0);

        assertThat(client.failure).isInstanceOf(StreamClosed.class).hasMessage("log_reset");
        assertThat(elsewhere.failure).isNull();
        Client back = new Client(
                ofUser(USER, client.places.get(client.places.size() - 1).text()));
        Records anew = new Records();
        apply(anew.step("task_c", USER, 1, 1, "processing", "p1"));
        assertThat(back.names).containsExactly("gap", "snapshot", "progress");
        assertThat(back.places).endsWith(at(0));
    }

    @Test
    void deletedTaskEndsItsOwnStreamThoughItsEndWasNotCommitted() {
        step(TASK, 1, "processing");
        step(TASK, 2, "completed");
        Client all = new Client(ofUser(USER, null));
        Client one = new Client(ofTask(TASK, null));
        apply(records.deleted(TASK, USER, 3));
        hub.committed(TASK, 2);

        assertThat(one.names).containsExactly("snapshot", "complete", "deleted");
        assertThat(one.over).isTrue();
        assertThat(all.names).containsExactly("snapshot", "deleted");
    }

    @Test
    void endOfATaskThatOnlyItsRowKnowsIsToldThoughItsSubmitCameAgain() {
        Step completed = Step.newBuilder().setStatus("completed").setVersion(3).build();
        row = new TaskView(TASK, USER, "", 1, 3, completed, ByteString.copyFromUtf8("{}"), 0);
        step("task_b", 1, "processing");
        hub.accepted(pending(TASK));

        Client fresh = new Client(ofTask(TASK, null));
        Client back = new Client(ofTask(TASK, hub.end(Records.PARTITION).text()));
        assertThat(fresh.names).containsExactly("snapshot", "complete", "done");
        assertThat(back.names).containsExactly("done");
        assertThat(back.over).isTrue();
    }

    private WeakReference<TaskView> viewOf(String taskId) {
        return new WeakReference<>(hub.find(taskId).orElseThrow().view());
    }

    private static TaskView pending(String taskId) {
        Step step = Step.newBuilder().setStatus("pending").setPhase("init").build();
        long now = Clock.systemUTC().millis();
        return new TaskView(taskId, USER, "", 0, 0, step, ByteString.copyFromUtf8("{}"), now);
    }

    private void step(String taskId, int number, String status) {
        apply(records.step(taskId, USER, 1, number, status, "p" + number));
    }

    private void apply(LogRecord record) {
        log.add(record);
        hub.apply(record);
    }

    private Flux<LiveEvent> ofUser(String userId, @Nullable String cursor) {
        return streams.ofUser(caller(userId), cursor);
    }

    private Flux<LiveEvent> ofTask(String taskId, @Nullable String cursor) {
        return Objects.requireNonNull(
                        streams.ofTask(caller(USER), taskId, cursor).block())
                .events();
    }

    private static Caller caller(String userId) {
        return new Caller(userId, Caller.Role.USER, Instant.MAX);
    }

    private static Place at(long offset) {
        return Place.of(Records.PARTITION, offset, 1);
    }

    /** Remembers what it was told, not the events. */
    private static final class Client {
        private final List<String> names = new ArrayList<>();
        private final List<Place> places = new ArrayList<>();
        private @Nullable Throwable failure;
        private boolean over;

        Client(Flux<LiveEvent> events) {
            events.subscribe(
                    event -> {
                        names.add(event.name());
                        places.add(event.place());
                    },
                    error -> failure = error,
                    () -> over = true);
        }
    }
}
