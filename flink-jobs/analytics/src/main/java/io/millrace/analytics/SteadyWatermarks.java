package io.millrace.analytics;

import io.millrace.analytics.minute.TaskFact;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Event time of one partition: behind the newest event by what may be out of order. In silence it follows the clock instead, so that
 * the last minute of a busy hour closes although nothing comes after it, and an empty partition holds none open.
 */
final class SteadyWatermarks implements WatermarkGenerator<TaskFact> {
    private final long outOfOrderMillis;
    private final long idleMillis;
    private final LongSupplier clock;
    private long newest = Long.MIN_VALUE;
    private long heardAt;

    SteadyWatermarks(long outOfOrderMillis, long idleMillis, LongSupplier clock) {
        this.outOfOrderMillis = outOfOrderMillis;
        this.idleMillis = idleMillis;
        this.clock = clock;
        this.heardAt = clock.getAsLong();
    }

    @Override
    public void onEvent(TaskFact fact, long time, WatermarkOutput output) {
        newest = Math.max(newest, time);
        heardAt = clock.getAsLong();
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        long now = clock.getAsLong();
        if (now - heardAt >= idleMillis) {
            newest = Math.max(newest, now - idleMillis);
        }
        if (newest != Long.MIN_VALUE) {
            output.emitWatermark(new Watermark(newest - outOfOrderMillis - 1));
        }
    }
}
