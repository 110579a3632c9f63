package io.millrace.analytics.minute;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * One minute of one type of task, as it goes to {@code tasks.metrics.v1}.
 *
 * @param type canonical type of the tasks
 * @param minute its begin, milliseconds since 1970
 * @param json the data, UTF-8; owned by the record and never changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record MinuteRecord(String type, long minute, byte[] json) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> COUNTS =
            List.of("submitted", "started", "completed", "partial_failure", "failed", "cancelled", "recovered");

    static MinuteRecord of(String type, long minute, Map<String, Long> tally) {
        ObjectNode data = JSON.createObjectNode().put("minute", minute).put("type", type);
        for (String count : COUNTS) {
            data.put(count, tally.getOrDefault(Tally.COUNT + count, 0L));
        }
        putPercentiles(data, "queue_ms", times(tally, Tally.QUEUE));
        putPercentiles(data, "run_ms", times(tally, Tally.RUN));
        ObjectNode failures = data.putObject("failures");
        ObjectNode inference = data.putObject("inference_ms");
        ObjectNode batches = data.putObject("batches");
        // Sorted, so that equal minutes are equal bytes.
        new TreeMap<>(tally).forEach((key, value) -> {
            if (key.startsWith(Tally.FAILURE)) {
                failures.put(key.substring(Tally.FAILURE.length()), value);
            } else if (key.startsWith(Tally.INFERENCE)) {
                putByPhase(inference, key.substring(Tally.INFERENCE.length()), value);
            } else if (key.startsWith(Tally.BATCH)) {
                putByPhase(batches, key.substring(Tally.BATCH.length()), value);
            }
        });
        data.put("events", tally.getOrDefault(Tally.EVENTS, 0L));
        try {
            return new MinuteRecord(type, minute, JSON.writeValueAsBytes(data));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree cannot be written", e);
        }
    }

    private static void putByPhase(ObjectNode phases, String key, long value) {
        int end = key.indexOf(Tally.SEPARATOR);
        phases.withObjectProperty(key.substring(0, end)).put(key.substring(end + 1), value);
    }

    private static Histogram times(Map<String, Long> tally, String kind) {
        Histogram histogram = Tally.histogram();
        tally.forEach((key, count) -> {
            if (key.startsWith(kind)) {
                histogram.recordValueWithCount(Long.parseLong(key.substring(kind.length())), count);
            }
        });
        return histogram;
    }

    private static void putPercentiles(ObjectNode data, String name, Histogram times) {
        if (times.getTotalCount() > 0) {
            data.putObject(name)
                    .put("p50", times.getValueAtPercentile(50))
                    .put("p90", times.getValueAtPercentile(90))
                    .put("p99", times.getValueAtPercentile(99));
        }
    }
}
