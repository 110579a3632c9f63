package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.analytics.minute.MinuteRecord;
import io.millrace.analytics.minute.TaskFact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The windows of the job on Flink's mini cluster against lists of the same facts. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class AnalyticsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long OUT_OF_ORDER = 5_000;
    private static final Duration LATENESS = Duration.ofMinutes(5);

    /** Event time after each fact, so that which facts are late does not hang on how fast the machine is. */
    private static final class AfterEach implements WatermarkGenerator<TaskFact> {
        private long newest = Long.MIN_VALUE;

        @Override
        public void onEvent(TaskFact fact, long time, WatermarkOutput output) {
            newest = Math.max(newest, time);
            output.emitWatermark(new Watermark(newest - OUT_OF_ORDER - 1));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }

    @Test
    void minutesHoldWhatTheirFactsSayHoweverLate() throws Exception {
        List<TaskFact> facts = FactFeed.of(new Random(5), 20_000);
        Map<String, MinuteModel> expected = MinuteModel.of(facts, OUT_OF_ORDER, LATENESS.toMillis());

        List<MinuteRecord> records = run(facts);

        Map<String, JsonNode> last = new TreeMap<>();
        int corrections = 0;
        for (MinuteRecord record : records) {
            JsonNode before = last.put(record.minute() + " " + record.type(), JSON.readTree(record.json()));
            if (before != null) {
                corrections++;
                JsonNode after = JSON.readTree(record.json());
                assertThat(after.path("events").asInt())
                        .isGreaterThan(before.path("events").asInt());
            }
        }
        assertThat(last.keySet()).isEqualTo(expected.keySet());
        expected.forEach((minute, model) -> model.assertIs(Objects.requireNonNull(last.get(minute))));
        int counted = expected.values().stream().mapToInt(MinuteModel::events).sum();
        assertThat(counted).as("some facts came too late").isLessThan(facts.size());
        assertThat(corrections).as("records of corrections").isBetween(30, 900);
    }

    private static List<MinuteRecord> run(List<TaskFact> facts) throws Exception {
        Configuration cluster = new Configuration();
        cluster.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        cluster.set(RestOptions.BIND_PORT, "0");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, cluster);
        AnalyticsJob.configure(env, AnalyticsConfig.of(new String[] {"--kafka=unused"}, Map.of()));
        WatermarkStrategy<TaskFact> watermarks = WatermarkStrategy.<TaskFact>forGenerator(context -> new AfterEach())
                .withTimestampAssigner((fact, received) -> fact.time());
        List<MinuteRecord> records = new ArrayList<>();
        try (CloseableIterator<MinuteRecord> minutes = AnalyticsJob.minutes(
                        env.fromData(facts).assignTimestampsAndWatermarks(watermarks), LATENESS)
                .executeAndCollect()) {
            minutes.forEachRemaining(records::add);
        }
        return records;
    }
}
