package io.millrace.edge.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.access.Caller;
import io.millrace.edge.live.LiveEvent;
import io.millrace.edge.live.LiveLimits;
import io.millrace.edge.live.LiveView;
import io.millrace.edge.live.LogRecord;
import io.millrace.edge.live.Place;
import io.millrace.edge.live.Records;
import io.millrace.edge.task.TaskReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Clients that are cut off and come back see exactly what one sees that was never cut off, and that is what the model says. */
class SeamTest {
    private static final Caller CALLER = new Caller(Story.USER, Caller.Role.USER, Instant.MAX);
    private static final int SEEDS = 400;
    private static final int RECORDS = 160;

    @Test
    void aliceLivesInThePartitionOfTheTests() {
        assertThat(Hub.partitionOf(Story.USER)).isEqualTo(Records.PARTITION);
    }

    @Test
    void nobodyMissesAnythingOrSeesItTwice() {
        int replayed = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Edge edge = new Edge(seed);
            Client steady = edge.client(Long.MAX_VALUE);
            Client flaky = edge.client(1 + edge.story.random().nextInt(5));
            for (int i = 0; i < RECORDS; i++) {
                edge.advance();
                if (edge.story.random().nextInt(6) == 0) {
                    flaky.dispose();
                    flaky = edge.comeBack(flaky, 1 + edge.story.random().nextInt(12));
                    replayed++;
                }
            }
            flaky.dispose();
            flaky = edge.comeBack(flaky, Long.MAX_VALUE);

            assertThat(flaky.seen).as("seed " + seed).isEqualTo(steady.seen);
            assertThat(steady.seen.stream().filter(text -> !text.contains(".done")))
                    .as("seed " + seed)
                    .isEqualTo(edge.story.expected());
            steady.dispose();
            flaky.dispose();
            assertThat(edge.hub.subscriberCount()).isZero();
        }
        assertThat(replayed).isGreaterThan(SEEDS * 10);
    }

    /** An edge whose memory for recent events is small, so that most replays go to the log. */
    private static final class Edge {
        private final Story story;
        private final Hub hub;
        private final Streams streams;

        Edge(long seed) {
            story = new Story(seed);
            int recent = seed % 2 == 0 ? 8 : 1_000;
            LiveLimits limits = new LiveLimits(Duration.ofHours(1), 100, 1 << 20, 100, recent, 1 << 24, 10_000, 8);
            // Ticks are due at once: with the immediate scheduler nothing may wait for a timer.
            MailboxLimits mailboxes = new MailboxLimits(10_000, Duration.ZERO);
            hub = new Hub(new LiveView(limits), mailboxes, Schedulers.immediate(), Clock.systemUTC());
            hub.beginAt(Records.PARTITION, 0);
            TaskReader tasks = new TaskReader(hub, new NoRows(), Mono::empty);
            streams = new Streams(hub, tasks, new Replay(hub, new MemoryHistory(story.log())), Clock.systemUTC());
        }

        void advance() {
            LogRecord record = story.next();
            hub.apply(record);
            if (story.random().nextInt(8) == 0) {
                hub.committed("task_" + story.random().nextInt(3), Long.MAX_VALUE);
            }
        }

        Client client(long demand) {
            return connect(
                    new Client(demand, new ArrayList<>()),
                    Place.of(Records.PARTITION, -1, 0).text());
        }

        Client comeBack(Client before, long demand) {
            return connect(new Client(demand, before.seen), before.cursor);
        }

        private Client connect(Client client, @Nullable String cursor) {
            client.cursor = cursor;
            streams.ofUser(CALLER, cursor).subscribe(client);
            return client;
        }
    }

    /** Takes as many events as it has demand for and remembers the places of the durable ones. */
    private static final class Client extends BaseSubscriber<LiveEvent> {
        private final long demand;
        private final List<String> seen;
        private @Nullable String cursor;

        Client(long demand, List<String> seen) {
            this.demand = demand;
            this.seen = seen;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(demand);
        }

        @Override
        protected void hookOnNext(LiveEvent event) {
            cursor = event.place().text();
            if (!event.conflates()) {
                seen.add(cursor);
            }
        }
    }
}
