package io.millrace.edge.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.live.LiveEvent;
import io.millrace.edge.live.LiveLimits;
import io.millrace.edge.live.LiveView;
import io.millrace.edge.live.Place;
import io.millrace.edge.live.Records;
import io.millrace.edge.problem.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private static final long MILLI = 1_000_000;
    private static final Place NOTHING = Place.of(Records.PARTITION, -1, 0);

    private final Records records = new Records();
    private final LiveView view = new LiveView(LiveLimits.forHeap(1 << 26, 8));
    private final Mailbox mailbox = new Mailbox(new MailboxLimits(8, Duration.ofMillis(100)), NOTHING);

    @Test
    void stepsKeepTheirOrderWhileThereIsRoom() {
        for (int i = 1; i <= 8; i++) {
            step("a", i, "processing");
        }

        assertThat(drain(0)).extracting(LiveEvent::name).hasSize(8).containsOnly("progress");
    }

    /** The first step, and a place in the queue, may come before anybody has looked. */
    @Test
    void thatATaskWasCreatedIsNotLostToWhatFollows() {
        step("first", 1, "processing");
        step("new", 1, "queued");
        tick("new", 1, 0.5f);

        List<LiveEvent> taken = drain(0);

        assertThat(taken).extracting(LiveEvent::name).startsWith("progress", "task_created", "progress");
        assertThat(taken.get(1).place()).isEqualTo(taken.get(0).place());
    }

    @Test
    void oldestStepsGiveWayToAGapThatNamesThem() {
        for (int i = 1; i <= 20; i++) {
            step("a", i, "processing");
        }

        List<LiveEvent> taken = drain(0);
        LiveEvent gap = taken.get(0);
        LiveEvent.Skipped skipped = (LiveEvent.Skipped) gap.content();
        assertThat(skipped.from()).isEqualTo(NOTHING);
        assertThat(skipped.reason()).isEqualTo("slow_consumer");
        assertThat(gap.place().offset()).isEqualTo(skipped.skipped() - 1L);
        assertThat(taken.get(1).place().offset()).isEqualTo(skipped.skipped());
        assertThat(taken.get(taken.size() - 1).place().offset()).isEqualTo(19);
        assertThat(taken).hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void endsNeverGiveWay() {
        for (int i = 0; i < 10; i++) {
            step("ended" + i, 1, "completed");
            for (int n = 1; n <= 5; n++) {
                step("running" + i, n, "processing");
            }
        }

        assertThat(drain(0))
                .extracting(LiveEvent::name)
                .filteredOn("complete"::equals)
                .hasSize(10);
        assertThat(mailbox.ending()).isNull();
    }

    @Test
    void tooManyEndsOverflowInsteadOfGrowing() {
        for (int i = 0; i < 100; i++) {
            step("ended" + i, 1, "completed");
        }

        assertThat(mailbox.ending()).isEqualTo(CloseReason.SLOW_CONSUMER);
        assertThat(drain(0)).hasSize(8 * Mailbox.HARD_FACTOR + 1);
    }

    @Test
    void ticksConflateToTheNewestAndAtMostOneInTheInterval() {
        step("a", 1, "processing");
        tick("a", 1, 0.1f);
        assertThat(drain(0)).extracting(LiveEvent::name).containsExactly("progress", "progress");
        tick("a", 1, 0.2f);
        tick("a", 1, 0.3f);
        assertThat(drain(40 * MILLI)).isEmpty();
        assertThat(mailbox.nanosUntilNext(40 * MILLI)).isEqualTo(60 * MILLI);
        tick("a", 1, 0.4f);

        List<LiveEvent> taken = drain(100 * MILLI);
        assertThat(taken).hasSize(1);
        assertThat(((LiveEvent.Moved) taken.get(0).content()).tick().getFraction())
                .isEqualTo(0.4f);
        assertThat(mailbox.nanosUntilNext(100 * MILLI)).isEqualTo(-1);
    }

    @Test
    void stepTakesTheWaitingTickOfItsTaskAway() {
        step("a", 1, "processing");
        tick("a", 1, 0.1f);
        drain(0);
        tick("a", 1, 0.2f);
        step("a", 2, "processing");

        assertThat(drain(200 * MILLI)).hasSize(1);
    }

    @Test
    void placesNeverGoBack() {
        step("a", 1, "processing");
        step("b", 1, "processing");
        tick("a", 1, 0.1f);
        drain(0);
        tick("a", 1, 0.2f);
        step("b", 2, "processing");
        tick("b", 2, 0.5f);

        Place last = NOTHING;
        for (LiveEvent event : drain(300 * MILLI)) {
            assertThat(event.place().after(last)).isTrue();
            last = event.place();
        }
    }

    @Test
    void eventsUpToTheBeginningAreNotTaken() {
        Mailbox later = new Mailbox(new MailboxLimits(8, Duration.ofMillis(100)), Place.of(Records.PARTITION, 1, 0));
        for (int i = 1; i <= 4; i++) {
            view.apply(records.step("a", "alice", 1, i, "processing", "p" + i), 0)
                    .forEach(later::offer);
        }

        assertThat(later.poll(0)).extracting(event -> event.place().offset()).isEqualTo(2L);
    }

    private void step(String task, int number, String status) {
        view.apply(records.step(task, "alice", 1, number, status, "p" + number), 0)
                .forEach(mailbox::offer);
    }

    private void tick(String task, int number, float fraction) {
        view.apply(records.tick(task, "alice", number, "p" + number, fraction), 0)
                .forEach(mailbox::offer);
    }

    private List<LiveEvent> drain(long now) {
        List<LiveEvent> taken = new ArrayList<>();
        @Nullable LiveEvent event = mailbox.poll(now);
        while (event != null) {
            taken.add(event);
            event = mailbox.poll(now);
        }
        return taken;
    }
}
