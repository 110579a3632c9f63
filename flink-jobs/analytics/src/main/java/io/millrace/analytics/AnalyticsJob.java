package io.millrace.analytics;

import io.millrace.analytics.minute.CloseMinute;
import io.millrace.analytics.minute.CorrectingTrigger;
import io.millrace.analytics.minute.CountFacts;
import io.millrace.analytics.minute.MinuteRecord;
import io.millrace.analytics.minute.MinuteSerializer;
import io.millrace.analytics.minute.TaskFact;
import io.millrace.analytics.minute.TaskFactReader;
import io.millrace.schemas.topic.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the committed events of {@code tasks.events.v1} by minutes of their own time, into {@code tasks.metrics.v1}. */
public final class AnalyticsJob {
    /** Name of the job in the cluster. */
    public static final String NAME = "millrace-analytics";

    /** Pinned: savepoints find their state by these, and what an earlier run left open is found by the prefix. */
    static final String SOURCE_UID = "analytics-events-source";

    static final String WINDOW_UID = "analytics-minutes";
    static final String SINK_UID = "analytics-metrics-sink";
    static final String TRANSACTIONAL_ID_PREFIX = "millrace-metrics";

    /** How long a broker may be away before the job restarts. */
    private static final int PATIENCE_MILLIS = 300_000;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Logger log = LoggerFactory.getLogger(AnalyticsJob.class);

    private AnalyticsJob() {}

    /** Arguments as in {@link AnalyticsConfig#of}. */
    public static void main(String[] args) throws Exception {
        AnalyticsConfig config = AnalyticsConfig.of(args, System.getenv());
        log.info("event=starting config=\"{}\"", config);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        configure(env, config);
        DataStream<TaskFact> facts = env.fromSource(source(config), watermarks(config.eventTime()), "tasks.events")
                .uid(SOURCE_UID);
        minutes(facts, config.eventTime().lateness())
                .sinkTo(sink(config))
                .name("metrics")
                .uid(SINK_UID);
        env.execute(NAME);
    }

    /** Minutes of facts that carry their times: each when it closes, and again when late facts have changed it. */
    static DataStream<MinuteRecord> minutes(DataStream<TaskFact> facts, Duration lateness) {
        return facts.keyBy(TaskFact::type)
                .window(TumblingEventTimeWindows.of(MINUTE))
                .allowedLateness(lateness)
                .trigger(new CorrectingTrigger())
                .aggregate(
                        new CountFacts(),
                        new CloseMinute(),
                        Types.MAP(Types.STRING, Types.LONG),
                        Types.MAP(Types.STRING, Types.LONG),
                        TypeInformation.of(MinuteRecord.class))
                .name("minutes")
                .uid(WINDOW_UID);
    }

    static WatermarkStrategy<TaskFact> watermarks(AnalyticsConfig.EventTime eventTime) {
        long outOfOrder = eventTime.outOfOrder().toMillis();
        long idle = eventTime.idle().toMillis();
        return WatermarkStrategy.<TaskFact>forGenerator(
                        context -> new SteadyWatermarks(outOfOrder, idle, System::currentTimeMillis))
                .withTimestampAssigner((fact, received) -> fact.time());
    }

    static void configure(StreamExecutionEnvironment env, AnalyticsConfig config) {
        Configuration settings = new Configuration();
        settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(
                CheckpointingOptions.CHECKPOINTING_INTERVAL, config.checkpoint().interval());
        settings.set(
                CheckpointingOptions.CHECKPOINTING_TIMEOUT, config.checkpoint().timeout());
        settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 10);
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        String directory = config.checkpoint().directory();
        if (directory != null) {
            settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
            settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory);
        }
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofSeconds(30));
        env.configure(settings);
        env.setParallelism(1);
    }

    private static KafkaSource<TaskFact> source(AnalyticsConfig config) {
        Properties properties = config.kafka()
                .clientProperties(Map.of(
                        "isolation.level",
                        "read_committed",
                        // The heap is small and shared with the other jobs.
                        "fetch.max.bytes",
                        4 << 20));
        return KafkaSource.<TaskFact>builder()
                .setProperties(properties)
                .setClientIdPrefix(NAME)
                .setGroupId(NAME)
                .setTopics(Topic.EVENTS.topicName())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new TaskFactReader())
                .build();
    }

    private static KafkaSink<MinuteRecord> sink(AnalyticsConfig config) {
        Properties properties = config.kafka()
                .clientProperties(Map.of(
                        "transaction.timeout.ms", config.transactionTimeout().toMillis(),
                        "delivery.timeout.ms", PATIENCE_MILLIS,
                        "max.block.ms", PATIENCE_MILLIS));
        return KafkaSink.<MinuteRecord>builder()
                .setBootstrapServers(config.kafka().bootstrapServers())
                .setKafkaProducerConfig(properties)
                .setRecordSerializer(new MinuteSerializer())
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(TRANSACTIONAL_ID_PREFIX)
                .build();
    }
}
