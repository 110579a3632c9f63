package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.analytics.minute.TaskFact;
import io.millrace.schemas.topic.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A minute as a list of its facts, counted in the plainest way. */
final class MinuteModel {
    private final List<TaskFact> facts;

    private MinuteModel(List<TaskFact> facts) {
        this.facts = facts;
    }

    /** Minutes by begin and type, of facts that came before event time had left their minute behind by the lateness. */
    static Map<String, MinuteModel> of(List<TaskFact> facts, long outOfOrder, long lateness) {
        Map<String, List<TaskFact>> minutes = new TreeMap<>();
        long watermark = Long.MIN_VALUE;
        for (TaskFact fact : facts) {
            long minute = fact.time() / 60_000 * 60_000;
            if (minute + 59_999 + lateness > watermark) {
                minutes.computeIfAbsent(minute + " " + fact.type(), key -> new ArrayList<>())
                        .add(fact);
            }
            watermark = Math.max(watermark, fact.time() - outOfOrder - 1);
        }
        Map<String, MinuteModel> models = new TreeMap<>();
        minutes.forEach((key, of) -> models.put(key, new MinuteModel(of)));
        return models;
    }

    int events() {
        return facts.size();
    }

    void assertIs(JsonNode record) {
        assertThat(record.path("events").asInt()).isEqualTo(facts.size());
        assertThat(record.path("submitted").asLong()).isEqualTo(count(EventType.SUBMITTED));
        assertThat(record.path("started").asLong()).isEqualTo(count(EventType.STARTED));
        assertThat(record.path("completed").asLong()).isEqualTo(count(EventType.COMPLETED));
        assertThat(record.path("partial_failure").asLong()).isEqualTo(count(EventType.PARTIALLY_FAILED));
        assertThat(record.path("failed").asLong()).isEqualTo(count(EventType.FAILED));
        assertThat(record.path("cancelled").asLong()).isEqualTo(count(EventType.CANCELLED));
        assertThat(record.path("recovered").asLong()).isEqualTo(count(EventType.RECOVERED));
        assertPercentiles(record.path("queue_ms"), sorted(true));
        assertPercentiles(record.path("run_ms"), sorted(false));
        assertFailures(record.path("failures"));
        assertInference(record.path("inference_ms"));
        assertBatches(record.path("batches"));
    }

    private void assertFailures(JsonNode failures) {
        Map<String, Long> expected = new TreeMap<>();
        for (TaskFact fact : facts) {
            if (!fact.code().isEmpty()) {
                expected.merge(fact.code().equals("odd") ? "other" : fact.code(), 1L, Long::sum);
            }
        }
        Map<String, Long> actual = new TreeMap<>();
        failures.properties()
                .forEach(field -> actual.put(field.getKey(), field.getValue().asLong()));
        assertThat(actual).isEqualTo(expected);
    }

    private void assertInference(JsonNode inference) {
        Map<String, Long> expected = new TreeMap<>();
        for (TaskFact fact : facts) {
            if (fact.event() == EventType.PHASE_COMPLETED) {
                expected.merge(fact.phase() + " " + fact.tenant(), fact.computeMillis(), Long::sum);
            }
        }
        assertThat(flat(inference)).isEqualTo(expected);
    }

    private void assertBatches(JsonNode batches) {
        Map<String, Long> expected = new TreeMap<>();
        for (TaskFact fact : facts) {
            if (fact.event() == EventType.PHASE_COMPLETED && fact.batchSize() > 0) {
                expected.merge(fact.phase() + " " + Math.min(64, fact.batchSize()), 1L, Long::sum);
            }
        }
        assertThat(flat(batches)).isEqualTo(expected);
    }

    private static Map<String, Long> flat(JsonNode byPhase) {
        Map<String, Long> flat = new TreeMap<>();
        byPhase.properties()
                .forEach(phase -> phase.getValue()
                        .properties()
                        .forEach(inner -> flat.put(
                                phase.getKey() + " " + inner.getKey(),
                                inner.getValue().asLong())));
        return flat;
    }

    private static void assertPercentiles(JsonNode percentiles, List<Long> sorted) {
        assertThat(percentiles.isMissingNode()).isEqualTo(sorted.isEmpty());
        if (sorted.isEmpty()) {
            return;
        }
        for (int percent : List.of(50, 90, 99)) {
            long expected = sorted.get((int) Math.ceil(percent / 100.0 * sorted.size()) - 1);
            assertThat(percentiles.path("p" + percent).asLong())
                    .as("p%d of %d", percent, sorted.size())
                    .isCloseTo(expected, within(1 + expected / 100));
        }
    }

    private List<Long> sorted(boolean queue) {
        return facts.stream()
                .map(fact -> queue ? fact.queueMillis() : fact.runMillis())
                .filter(millis -> millis >= 0)
                .sorted()
                .toList();
    }

    private long count(EventType event) {
        return facts.stream().filter(fact -> fact.event() == event).count();
    }
}
