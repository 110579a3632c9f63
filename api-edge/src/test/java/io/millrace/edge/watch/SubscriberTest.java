package io.millrace.edge.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.edge.live.LiveEvent;
import io.millrace.edge.live.LiveLimits;
import io.millrace.edge.live.LiveView;
import io.millrace.edge.live.Place;
import io.millrace.edge.live.Records;
import io.millrace.edge.problem.StreamClosed;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

class SubscriberTest {
    private static final Place NOTHING = Place.of(Records.PARTITION, -1, 0);

    private final Scheduler scheduler = Schedulers.newParallel("subscriber-test", 1);
    private final Records records = new Records();
    private final LiveView view = new LiveView(LiveLimits.forHeap(1 << 26, 8));
    private final Subscriber subscriber =
            new Subscriber(new Mailbox(new MailboxLimits(8, Duration.ofMillis(50)), NOTHING), scheduler);
    private final Slow client = new Slow();

    @AfterEach
    void stop() {
        subscriber.close();
        scheduler.dispose();
    }

    @Test
    void nothingIsDeliveredBeyondDemandAndNeverOnTheOfferingThread() {
        subscriber.events().subscribe(client);
        for (int i = 1; i <= 6; i++) {
            step("a", i, "processing");
        }
        client.request(2);
        await().atMost(Duration.ofMinutes(2)).until(() -> client.taken.size() == 2);
        client.request(10);
        await().atMost(Duration.ofMinutes(2)).until(() -> client.taken.size() == 6);

        assertThat(client.threads).doesNotContain(Thread.currentThread().getName());
    }

    @Test
    void conflatedTickComesByItselfWhenItIsDue() {
        subscriber.events().subscribe(client);
        client.request(Long.MAX_VALUE);
        step("a", 1, "processing");
        for (int i = 1; i <= 9; i++) {
            view.apply(records.tick("a", "alice", 1, "p1", i / 10f), 0).forEach(subscriber::offer);
        }

        await().atMost(Duration.ofMinutes(2)).until(() -> fraction(client.taken.get(client.taken.size() - 1)) == 0.9f);
        assertThat(client.taken).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void clientThatTakesNothingIsLetGoOnceItsEndsPileUp() {
        subscriber.events().subscribe(client);
        for (int i = 0; i < 100; i++) {
            step("ended" + i, 1, "completed");
        }
        client.request(Long.MAX_VALUE);

        await().atMost(Duration.ofMinutes(2)).until(() -> client.failure != null);
        assertThat(client.failure).isInstanceOf(StreamClosed.class).hasMessage("slow_consumer");
        assertThat(client.taken).hasSize(8 * Mailbox.HARD_FACTOR + 1);
    }

    private static float fraction(LiveEvent event) {
        return event.content() instanceof LiveEvent.Moved moved ? moved.tick().getFraction() : 0;
    }

    private void step(String task, int number, String status) {
        view.apply(records.step(task, "alice", 1, number, status, "p" + number), 0)
                .forEach(subscriber::offer);
    }

    private static final class Slow extends BaseSubscriber<LiveEvent> {
        private final List<LiveEvent> taken = new CopyOnWriteArrayList<>();
        private final Set<String> threads = ConcurrentHashMap.newKeySet();
        private volatile @Nullable Throwable failure;

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // Demand is given by the test.
        }

        @Override
        protected void hookOnNext(LiveEvent event) {
            threads.add(Thread.currentThread().getName());
            taken.add(event);
        }

        @Override
        protected void hookOnError(Throwable throwable) {
            failure = throwable;
        }
    }
}
