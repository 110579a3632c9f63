package io.millrace.readmodel.row;

import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One minute of one type of task, as the analytics job counted it. */
final class MetricsMapper {
    private static final List<String> COUNTS =
            List.of("submitted", "started", "completed", "partial_failure", "failed", "cancelled", "recovered");

    private MetricsMapper() {}

    static Row row(Fields fields) throws UnreadableEvent {
        Map<String, @Nullable Object> values = new HashMap<>();
        LocalDateTime minute = fields.time("minute");
        String type = fields.text("type");
        values.put("id", fields.number("minute") + ":" + type);
        values.put("minute_at", minute);
        values.put("type", type);
        for (String count : COUNTS) {
            values.put(count, fields.integer(count, 0));
        }
        putPercentiles(values, "queue", fields.optionalObject("queue_ms"));
        putPercentiles(values, "run", fields.optionalObject("run_ms"));
        for (String object : List.of("failures", "inference_ms", "batches")) {
            Fields inner = fields.optionalObject(object);
            values.put(object, inner == null ? "{}" : JsonText.text(inner.object()));
        }
        values.put("events", fields.number("events"));
        return Row.of(Table.TASK_METRICS_MINUTE, values);
    }

    private static void putPercentiles(Map<String, @Nullable Object> values, String name, @Nullable Fields percentiles)
            throws UnreadableEvent {
        if (percentiles == null) {
            return;
        }
        for (String percentile : List.of("p50", "p90", "p99")) {
            values.put(name + "_" + percentile + "_ms", percentiles.optionalNumber(percentile));
        }
    }
}
