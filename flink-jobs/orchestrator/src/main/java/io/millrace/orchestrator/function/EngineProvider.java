package io.millrace.orchestrator.function;

import io.millrace.engine.Moment;
import io.millrace.engine.batch.BatchLimits;
import io.millrace.engine.batch.BatchMachine;
import io.millrace.engine.campaign.CampaignLimits;
import io.millrace.engine.campaign.CampaignMachine;
import io.millrace.engine.lane.LaneMachine;
import io.millrace.engine.task.TaskLimits;
import io.millrace.orchestrator.config.JobSettings;
import io.millrace.orchestrator.config.StateBackend;
import io.millrace.schemas.workflow.Definitions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.flink.statefun.flink.datastream.SerializableStatefulFunctionProvider;
import org.apache.flink.statefun.sdk.FunctionType;
import org.apache.flink.statefun.sdk.StatefulFunction;
import org.jspecify.annotations.Nullable;

/** The stateful functions of one subtask. Register the same provider for each of them. */
public final class EngineProvider implements SerializableStatefulFunctionProvider {
    private static final long serialVersionUID = 1L;

    private final @Nullable String definitionsFolder;
    private final int parallelism;
    private final int batchSlots;
    private final Duration retention;
    private final StateBackend backend;
    private transient @Nullable Definitions definitions;

    /**
     * @param definitionsFolder what {@link Definitions#shippedAnd} reads, on the task manager; null: what ships
     * @param batchSlots calls of one batcher in flight at once, where the function does not say
     * @param backend where state is kept, and so in which shape
     */
    public EngineProvider(@Nullable Path definitionsFolder, JobSettings job, int batchSlots, StateBackend backend) {
        this.definitionsFolder = definitionsFolder == null ? null : definitionsFolder.toString();
        this.parallelism = job.parallelism();
        this.batchSlots = batchSlots;
        this.retention = job.retention();
        this.backend = backend;
    }

    public Definitions definitions() {
        if (definitions == null) {
            definitions = definitionsFolder == null
                    ? Definitions.shipped()
                    : Definitions.shippedAnd(Path.of(definitionsFolder));
        }
        return definitions;
    }

    @Override
    public StatefulFunction functionOfType(FunctionType type) {
        Effects effects = new Effects(new Addresses(parallelism));
        Supplier<Moment> clock = clock();
        if (type.equals(Addresses.TASK)) {
            return new TaskFn(definitions(), TaskLimits.defaults().remembering(retention), backend, effects, clock);
        }
        if (type.equals(Addresses.TOMBSTONES)) {
            return new TombstoneFn(retention, effects, clock);
        }
        if (type.equals(Addresses.LANE)) {
            return new LaneFn(new LaneMachine(definitions()), effects, clock);
        }
        if (type.equals(Addresses.BATCH)) {
            return new BatchFn(new BatchMachine(BatchLimits.of(definitions(), batchSlots)), effects, clock);
        }
        if (type.equals(Addresses.CAMPAIGN)) {
            return new CampaignFn(new CampaignMachine(CampaignLimits.defaults()), effects, clock);
        }
        if (type.equals(Addresses.REJECTION)) {
            return new RejectionFn();
        }
        throw new IllegalArgumentException("no function of the engine: " + type);
    }

    /** A subtask makes its functions anew after each recovery, so the time of making is an epoch that grows. */
    private static Supplier<Moment> clock() {
        long epoch = System.currentTimeMillis();
        return () -> new Moment(System.currentTimeMillis(), epoch);
    }
}
