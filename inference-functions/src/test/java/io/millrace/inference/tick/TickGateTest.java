package io.millrace.inference.tick;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.Tick;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TickGateTest {
    private static final InferenceItem ITEM = InferenceItem.newBuilder()
            .setTaskId("task")
            .setUserId("user")
            .setCampaignId("campaign")
            .setPhase("generating_background")
            .setAttempt(2)
            .setStep(7)
            .setTraceparent("00-trace")
            .build();

    private final HandAlarm alarm = new HandAlarm();
    private final List<Progress> sent = new ArrayList<>();
    private final AtomicInteger dropped = new AtomicInteger();
    private final TickSender sender = new TickSender(
            new ListSink(), InstantSource.fixed(Instant.ofEpochMilli(99)), dropped::incrementAndGet, alarm);
    private final TickGate gate = sender.gate(ITEM);

    @Test
    void aTickCarriesWhoseStepItIs() {
        gate.tick(0.25, "strip 1 of 4");
        alarm.advance(Duration.ZERO);

        assertThat(sent)
                .containsExactly(Progress.newBuilder()
                        .setTaskId("task")
                        .setUserId("user")
                        .setCampaignId("campaign")
                        .setAttempt(2)
                        .setStep(7)
                        .setTraceparent("00-trace")
                        .setTimeMs(99)
                        .setTick(Tick.newBuilder()
                                .setPhase("generating_background")
                                .setFraction(0.25f)
                                .setMessage("strip 1 of 4"))
                        .build());
    }

    @Test
    void theNewestOfAHundredMillisecondsIsSent() {
        gate.tick(0.1, "a");
        alarm.advance(Duration.ZERO);
        gate.tick(0.2, "b");
        gate.tick(0.3, "c");
        alarm.advance(Duration.ofMillis(99));
        assertThat(fractions()).containsExactly(0.1f);

        alarm.advance(Duration.ofMillis(1));
        assertThat(fractions()).containsExactly(0.1f, 0.3f);

        alarm.advance(Duration.ofSeconds(1));
        gate.tick(0.4, "d");
        alarm.advance(Duration.ZERO);
        assertThat(fractions()).containsExactly(0.1f, 0.3f, 0.4f);
    }

    @Test
    void whatWaitsWhenTheItemEndsIsDropped() {
        gate.tick(0.1, "a");
        alarm.advance(Duration.ZERO);
        gate.tick(0.9, "b");

        gate.close();
        gate.tick(1, "late");
        alarm.advance(Duration.ofSeconds(1));

        assertThat(fractions()).containsExactly(0.1f);
    }

    @Test
    void everyLogLineIsSent() {
        gate.tick(0.5, "half");
        for (int line = 0; line < 50; line++) {
            gate.log("warn", "line " + line);
        }
        gate.close();
        alarm.advance(Duration.ZERO);

        assertThat(sent).hasSize(50).allSatisfy(record -> {
            assertThat(record.getTick().getLevel()).isEqualTo("warn");
            assertThat(record.getTick().getFraction()).isEqualTo(0.5f);
        });
        assertThat(dropped).hasValue(0);
    }

    @Test
    void theLastLinesAreKeptForTheAnswerWithTheTimeTheyWereSentWith() {
        for (int line = 0; line < 25; line++) {
            gate.log("info", "line " + line + "x".repeat(400));
        }
        alarm.advance(Duration.ZERO);

        assertThat(gate.lines()).hasSize(20);
        assertThat(gate.lines().get(0).getMessage()).startsWith("line 5x").hasSize(300);
        assertThat(gate.lines().get(19).getMessage())
                .isEqualTo(sent.get(24).getTick().getMessage());
        assertThat(gate.lines().get(19).getTimeMs()).isEqualTo(sent.get(24).getTimeMs());
    }

    @Test
    void linesThatPileUpAreBounded() {
        for (int line = 0; line < 1_500; line++) {
            gate.log("info", "line");
        }
        alarm.advance(Duration.ZERO);
        gate.log("info", "after");
        alarm.advance(Duration.ZERO);

        assertThat(sent).hasSize(1_001);
        assertThat(dropped).hasValue(500);
    }

    @Test
    void oddFractionsAreMovedToTheBar() {
        for (double fraction : new double[] {-1, 7, Double.NaN}) {
            gate.tick(fraction, "x".repeat(600));
            alarm.advance(TickGate.INTERVAL);
        }

        assertThat(fractions()).containsExactly(0f, 1f, 1f);
        assertThat(sent.get(0).getTick().getMessage()).hasSize(500);
    }

    private List<Float> fractions() {
        return sent.stream().map(record -> record.getTick().getFraction()).toList();
    }

    private final class ListSink implements ProgressSink {
        @Override
        public void send(Progress progress) {
            sent.add(progress);
        }

        @Override
        public void close() {}
    }

    /** Time moves by hand. */
    private static final class HandAlarm implements Alarm {
        private record Due(long atNanos, int order, Runnable work) {}

        private final PriorityQueue<Due> due = new PriorityQueue<>(
                java.util.Comparator.comparingLong(Due::atNanos).thenComparingInt(Due::order));
        private long nanos;
        private int order;

        @Override
        public void after(Duration delay, Runnable work) {
            due.add(new Due(nanos + delay.toNanos(), order++, work));
        }

        @Override
        public long nanos() {
            return nanos;
        }

        void advance(Duration time) {
            long until = nanos + time.toNanos();
            for (Due next = due.peek(); next != null && next.atNanos() <= until; next = due.peek()) {
                due.remove();
                nanos = Math.max(nanos, next.atNanos());
                next.work().run();
            }
            nanos = until;
        }
    }
}
