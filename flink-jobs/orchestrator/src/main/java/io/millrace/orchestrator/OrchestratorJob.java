package io.millrace.orchestrator;

import io.millrace.orchestrator.config.OrchestratorConfig;
import io.millrace.orchestrator.egress.KafkaSinks;
import io.millrace.orchestrator.ingress.CommandSource;
import io.millrace.orchestrator.ingress.ReceivedRecord;
import io.millrace.schemas.topic.Topic;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entry point: commands from Kafka, tasks driven by stateful functions, progress and events back to Kafka. */
public final class OrchestratorJob {
    private static final Logger LOG = LoggerFactory.getLogger(OrchestratorJob.class);

    private OrchestratorJob() {}

    /**
     * Submits the job and returns; see {@link OrchestratorConfig#of} for the options.
     *
     * @throws Exception when an option is wrong or the cluster does not take the job
     */
    public static void main(String[] args) throws Exception {
        OrchestratorConfig config = OrchestratorConfig.of(args, System.getenv());
        LOG.info("event=orchestrator_start config={}", config);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        build(env, config);
        env.executeAsync(config.job().name());
    }

    /** The whole job, ready to be executed. */
    public static void build(StreamExecutionEnvironment env, OrchestratorConfig config) {
        Runtime.configure(env, config);
        DataStream<ReceivedRecord> commands = env.fromSource(
                        CommandSource.of(config.kafka(), Topic.COMMANDS), WatermarkStrategy.noWatermarks(), "commands")
                .uid("commands");
        DataStream<ReceivedRecord> rows = env.fromSource(
                        CommandSource.of(config.kafka(), Topic.CAMPAIGN_ROWS),
                        WatermarkStrategy.noWatermarks(),
                        "campaign-rows")
                .uid("campaign-rows");
        Pipeline pipeline = Pipeline.of(env, config, commands, rows);
        pipeline.live().sinkTo(KafkaSinks.live(config.kafka())).name("live").uid("live");
        pipeline.committed()
                .sinkTo(KafkaSinks.committed(config.kafka()))
                .name("committed")
                .uid("committed");
    }
}
