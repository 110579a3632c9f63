package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.minute.TaskFact;
import io.millrace.schemas.topic.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class SteadyWatermarksTest {
    private static final TaskFact FACT = new TaskFact(EventType.STARTED, "poster", "ann", 0, "", 0, 0, -1, -1, "");

    private final AtomicLong clock = new AtomicLong(1_000_000);
    private final SteadyWatermarks watermarks = new SteadyWatermarks(5_000, 30_000, clock::get);
    private final Told told = new Told();

    private static final class Told implements WatermarkOutput {
        private final List<Long> times = new ArrayList<>();

        @Override
        public void emitWatermark(Watermark watermark) {
            times.add(watermark.getTimestamp());
        }

        @Override
        public void markIdle() {
            throw new AssertionError("silence is told as time");
        }

        @Override
        public void markActive() {
            throw new AssertionError("silence is told as time");
        }
    }

    @Test
    void staysBehindTheNewestEventAndNeverGoesBack() {
        watermarks.onEvent(FACT, 900_000, told);
        watermarks.onPeriodicEmit(told);
        watermarks.onEvent(FACT, 800_000, told);
        watermarks.onPeriodicEmit(told);

        assertThat(told.times).containsExactly(894_999L, 894_999L);
    }

    @Test
    void silenceFollowsTheClock() {
        watermarks.onPeriodicEmit(told);
        assertThat(told.times).isEmpty();

        clock.addAndGet(30_000);
        watermarks.onPeriodicEmit(told);
        clock.addAndGet(60_000);
        watermarks.onPeriodicEmit(told);

        assertThat(told.times).containsExactly(1_000_000L - 5_001, 1_060_000L - 5_001);
    }

    @Test
    void oldEventsOfABacklogAreNoSilence() {
        for (int second = 0; second < 120; second++) {
            clock.addAndGet(1_000);
            watermarks.onEvent(FACT, second, told);
            watermarks.onPeriodicEmit(told);
        }

        assertThat(told.times).allMatch(time -> time < 0);
    }
}
