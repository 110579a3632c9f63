package io.millrace.analytics.minute;

import java.io.IOException;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.triggers.TriggerResult;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/**
 * Fires when the minute closes and, when late facts have come, once more after each second by which event time moves on: a thousand
 * late facts make a handful of records. What came last is told before the minute is forgotten.
 */
public final class CorrectingTrigger extends Trigger<TaskFact, TimeWindow> {
    private static final long serialVersionUID = 1L;
    private static final long PAUSE_MILLIS = 1_000;
    private static final ValueStateDescriptor<Boolean> LATE = new ValueStateDescriptor<>("late", Types.BOOLEAN);

    @Override
    public TriggerResult onElement(TaskFact fact, long time, TimeWindow window, TriggerContext context)
            throws IOException {
        if (window.maxTimestamp() > context.getCurrentWatermark()) {
            context.registerEventTimeTimer(window.maxTimestamp());
            return TriggerResult.CONTINUE;
        }
        ValueState<Boolean> late = context.getPartitionedState(LATE);
        if (late.value() == null) {
            late.update(true);
            context.registerEventTimeTimer(context.getCurrentWatermark() + PAUSE_MILLIS);
        }
        return TriggerResult.CONTINUE;
    }

    @Override
    public TriggerResult onEventTime(long time, TimeWindow window, TriggerContext context) throws IOException {
        ValueState<Boolean> late = context.getPartitionedState(LATE);
        boolean changed = late.value() != null;
        late.clear();
        return changed || time == window.maxTimestamp() ? TriggerResult.FIRE : TriggerResult.CONTINUE;
    }

    @Override
    public TriggerResult onProcessingTime(long time, TimeWindow window, TriggerContext context) {
        return TriggerResult.CONTINUE;
    }

    @Override
    public void clear(TimeWindow window, TriggerContext context) {
        context.getPartitionedState(LATE).clear();
        context.deleteEventTimeTimer(window.maxTimestamp());
    }
}
