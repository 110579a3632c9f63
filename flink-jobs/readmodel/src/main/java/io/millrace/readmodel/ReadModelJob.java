package io.millrace.readmodel;

import io.millrace.readmodel.event.ReceivedEvent;
import io.millrace.readmodel.event.ReceivedEventReader;
import io.millrace.readmodel.sink.KafkaRejectedEvents;
import io.millrace.readmodel.sink.RejectedEvents;
import io.millrace.readmodel.sink.TaskTablesSink;
import io.millrace.schemas.config.KafkaAccess;
import io.millrace.schemas.topic.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the task tables of MySQL equal to the committed events of {@code tasks.events.v1}, and the minutes in it to those of {@code
 * tasks.metrics.v1}. Without state it reads the topics from their beginning: a rebuild is a start from empty tables and an empty state.
 */
public final class ReadModelJob {
    /** Name of the job in the cluster. */
    public static final String NAME = "millrace-readmodel";

    /** Pinned: savepoints find their state by these. */
    static final String SOURCE_UID = "readmodel-events-source";

    static final String SINK_UID = "readmodel-task-tables-sink";

    private static final Logger log = LoggerFactory.getLogger(ReadModelJob.class);

    private ReadModelJob() {}

    /** Arguments as in {@link ReadModelConfig#of}. */
    public static void main(String[] args) throws Exception {
        ReadModelConfig config = ReadModelConfig.of(args, System.getenv());
        log.info("event=starting config=\"{}\"", config);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        build(env, config);
        env.execute(NAME);
    }

    /** Adds the whole job, from topic to tables, and its settings. */
    public static void build(StreamExecutionEnvironment env, ReadModelConfig config) {
        configure(env, config);
        DataStream<ReceivedEvent> events = env.fromSource(
                        source(config.kafka()), WatermarkStrategy.noWatermarks(), "tasks.events")
                .uid(SOURCE_UID);
        KafkaAccess kafka = config.kafka();
        connect(events, config, () -> new KafkaRejectedEvents(kafka));
    }

    /** Stores a stream of events. Those of one task must come from one subtask, in order, as a partition gives them. */
    static void connect(DataStream<ReceivedEvent> events, ReadModelConfig config, RejectedEvents.Factory rejected) {
        events.sinkTo(new TaskTablesSink(config.database(), config.flush(), rejected))
                .name("task tables")
                .uid(SINK_UID);
    }

    static void configure(StreamExecutionEnvironment env, ReadModelConfig config) {
        Configuration settings = new Configuration();
        settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(
                CheckpointingOptions.CHECKPOINTING_INTERVAL, config.checkpoint().interval());
        settings.set(
                CheckpointingOptions.CHECKPOINTING_TIMEOUT, config.checkpoint().timeout());
        // When the buffer is full the stream stands still, checkpoints included: that is no reason to start over.
        settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        if (config.checkpoint().directory() != null) {
            settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
            settings.set(
                    CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                    config.checkpoint().directory());
        }
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofSeconds(30));
        settings.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
                Duration.ofMinutes(5));
        env.configure(settings);
        env.setParallelism(config.parallelism());
    }

    private static KafkaSource<ReceivedEvent> source(KafkaAccess kafka) {
        // An event is public once the transaction of its step is committed; before that it may never have happened.
        Properties properties = kafka.clientProperties(Map.of("isolation.level", "read_committed"));
        return KafkaSource.<ReceivedEvent>builder()
                .setProperties(properties)
                .setClientIdPrefix(NAME)
                .setGroupId(NAME)
                .setTopics(Topic.EVENTS.topicName(), Topic.METRICS.topicName())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new ReceivedEventReader())
                .build();
    }
}
