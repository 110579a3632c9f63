package io.millrace.orchestrator;

import io.millrace.orchestrator.config.OrchestratorConfig;
import io.millrace.orchestrator.ingress.ReceivedRecord;
import io.millrace.schemas.topic.Topic;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** The pipeline in a Flink cluster inside this JVM, between the ends of the test. */
final class RunningJob implements AutoCloseable {
    private final JobClient client;
    private final Path folder;
    private boolean stopped;

    private RunningJob(JobClient client, Path folder) {
        this.client = client;
        this.folder = folder;
    }

    static RunningJob start(
            TestEnds ends, FakeInference inference, Path folder, @Nullable String savepoint, String... options)
            throws Exception {
        return start(ends, folder, savepoint, config(inference, folder, options));
    }

    static OrchestratorConfig config(FakeInference inference, Path folder, String... options) {
        String[] args = new String[options.length + 6];
        args[0] = "--kafka=none";
        args[1] = "--inference-url=" + inference.url();
        args[2] = "--inference-token=" + FakeInference.TOKEN;
        args[3] = "--checkpoint-interval=100ms";
        args[4] = "--checkpoint-dir=" + folder.resolve("checkpoints").toUri();
        args[5] = "--definitions=" + folder;
        System.arraycopy(options, 0, args, 6, options.length);
        return OrchestratorConfig.of(args, Map.of());
    }

    static RunningJob start(TestEnds ends, Path folder, @Nullable String savepoint, OrchestratorConfig config)
            throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(config.job().parallelism(), cluster(savepoint));
        Runtime.configure(env, config);
        DataStream<ReceivedRecord> commands = env.addSource(new LogSource(ends, Topic.COMMANDS), ReceivedRecord.TYPE)
                .setParallelism(1)
                .uid("commands");
        DataStream<ReceivedRecord> rows = env.addSource(new LogSource(ends, Topic.CAMPAIGN_ROWS), ReceivedRecord.TYPE)
                .setParallelism(1)
                .uid("campaign-rows");
        Pipeline pipeline = Pipeline.of(env, config, commands, rows);
        pipeline.live().addSink(new TestSinks.Live(ends)).uid("live");
        pipeline.committed()
                .addSink(new TestSinks.Committed(ends))
                .setParallelism(1)
                .uid("committed");
        return new RunningJob(env.executeAsync("test"), folder);
    }

    String stopWithSavepoint() throws Exception {
        String savepoint = client.stopWithSavepoint(
                        false, folder.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
                .get(120, TimeUnit.SECONDS);
        stopped = true;
        return savepoint;
    }

    private static Configuration cluster(@Nullable String savepoint) {
        Configuration cluster = new Configuration();
        cluster.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
        cluster.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
        cluster.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
        if (savepoint != null) {
            cluster.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        return cluster;
    }

    @Override
    public void close() throws Exception {
        if (!stopped) {
            client.cancel().get(120, TimeUnit.SECONDS);
            // Ends as cancelled, which is what was asked for; until then it still writes into its folder.
            client.getJobExecutionResult().handle((result, cancelled) -> client).get(120, TimeUnit.SECONDS);
        }
    }
}
