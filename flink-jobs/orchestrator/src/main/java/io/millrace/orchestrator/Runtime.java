package io.millrace.orchestrator;

import io.millrace.orchestrator.config.CheckpointSettings;
import io.millrace.orchestrator.config.JobSettings;
import io.millrace.orchestrator.config.OrchestratorConfig;
import io.millrace.orchestrator.config.StateBackend;
import io.millrace.orchestrator.state.WriteBehindBackendFactory;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.contrib.streaming.state.RocksDBConfigurableOptions;
import org.apache.flink.contrib.streaming.state.RocksDBOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.runtime.state.StateBackendLoader;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.rocksdb.CompactionStyle;

/** How Flink runs the job. What is set here is what the functions rely on; everything else is the cluster's. */
final class Runtime {
    private static final Duration CHECKPOINT_TIMEOUT = Duration.ofMinutes(2);
    /** Fewer would restart the job because of a broker that is away for a moment. */
    private static final int TOLERABLE_CHECKPOINT_FAILURES = 10;

    private static final int CHECKPOINT_BUFFER_BYTES = 256 * 1024;
    private static final MemorySize ROCKS_WRITE_BUFFER = MemorySize.ofMebiBytes(8);

    private Runtime() {}

    static void configure(StreamExecutionEnvironment env, OrchestratorConfig config) {
        JobSettings job = config.job();
        env.setParallelism(job.parallelism());
        env.setMaxParallelism(JobSettings.MAX_PARALLELISM);
        env.setBufferTimeout(job.bufferTimeout().toMillis());
        env.getConfig().enableObjectReuse();
        env.configure(settings(config.checkpoints()));
    }

    private static Configuration settings(CheckpointSettings checkpoints) {
        Configuration settings = new Configuration();
        // An operator without a fixed id would lose its state with the next change of the graph.
        settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpoints.interval());
        settings.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        settings.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, CHECKPOINT_TIMEOUT);
        settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, TOLERABLE_CHECKPOINT_FAILURES);
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        // StateFun keeps what loops back to itself in raw state, which unaligned checkpoints would tear apart.
        settings.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
        // 4 KiB by default, each of them a call of the system.
        settings.set(CheckpointingOptions.FS_WRITE_BUFFER_SIZE, CHECKPOINT_BUFFER_BYTES);
        if (checkpoints.directory() != null) {
            settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.directory());
        }
        settings.set(
                StateBackendOptions.STATE_BACKEND,
                switch (checkpoints.backend()) {
                    case HASHMAP -> StateBackendLoader.HASHMAP_STATE_BACKEND_NAME;
                    case ROCKSDB -> WriteBehindBackendFactory.class.getName();
                });
        rocks(settings, checkpoints);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, Duration.ofMillis(200));
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, Duration.ofSeconds(30));
        settings.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
                Duration.ofMinutes(5));
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, Integer.MAX_VALUE);
        return settings;
    }

    private static void rocks(Configuration settings, CheckpointSettings checkpoints) {
        settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, checkpoints.backend() == StateBackend.ROCKSDB);
        settings.set(RocksDBOptions.FIX_PER_SLOT_MEMORY_SIZE, MemorySize.ofMebiBytes(checkpoints.rocksMebibytes()));
        // Each value of each function has a buffer: a few of the usual 64 MiB would fill the memory, and RocksDB would
        // do nothing but write buffers out.
        settings.set(RocksDBConfigurableOptions.WRITE_BUFFER_SIZE, ROCKS_WRITE_BUFFER);
        // Every new task is looked for before it is there.
        settings.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
        // The index of a file is a megabyte: read whole, and unpacked, for one task that has waited long.
        settings.set(RocksDBOptions.USE_PARTITIONED_INDEX_FILTERS, true);
        // What waits is written once and deleted once: level by level it would be merged over and over in between.
        settings.set(RocksDBConfigurableOptions.COMPACTION_STYLE, CompactionStyle.UNIVERSAL);
        // Timers on the heap beside RocksDB would be written into the raw state that StateFun claims for itself.
        settings.set(RocksDBOptions.TIMER_SERVICE_FACTORY, EmbeddedRocksDBStateBackend.PriorityQueueStateType.ROCKSDB);
    }
}
