package io.millrace.analytics.minute;

import java.util.Map;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** Turns the counters of a minute into its record. */
public final class CloseMinute extends ProcessWindowFunction<Map<String, Long>, MinuteRecord, String, TimeWindow> {
    private static final long serialVersionUID = 1L;

    @Override
    public void process(
            String type, Context context, Iterable<Map<String, Long>> tallies, Collector<MinuteRecord> out) {
        for (Map<String, Long> tally : tallies) {
            out.collect(MinuteRecord.of(type, context.window().getStart(), tally));
        }
    }
}
