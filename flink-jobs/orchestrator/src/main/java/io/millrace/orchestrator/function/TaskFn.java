package io.millrace.orchestrator.function;

import io.millrace.engine.Decision;
import io.millrace.engine.DefinitionMissing;
import io.millrace.engine.Moment;
import io.millrace.engine.task.PagedTaskMachine;
import io.millrace.engine.task.TaskLimits;
import io.millrace.engine.task.TaskMachine;
import io.millrace.orchestrator.config.StateBackend;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.v1.Tombstone;
import io.millrace.schemas.workflow.Definitions;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.statefun.sdk.Context;
import org.apache.flink.statefun.sdk.StatefulFunction;
import org.apache.flink.statefun.sdk.annotations.Persisted;
import org.apache.flink.statefun.sdk.state.Expiration;
import org.apache.flink.statefun.sdk.state.PersistedValue;
import org.jspecify.annotations.Nullable;

/**
 * {@code millrace/task}, id {@code t:TASK}: all that is known of a task under way. What stays after its end moves to a page of many
 * on the heap; in RocksDB, where a page would be written whole for each of its tasks, it stays here and goes by itself, without a timer.
 */
final class TaskFn implements StatefulFunction {
    static final String MEMORY = "memory";
    static final String ENDED = "ended";

    /** While the task is under way; a tombstone until its page has it. */
    @Persisted
    private final PersistedValue<TaskMemory> memory = PersistedValue.of(MEMORY, TaskMemory.class);

    /** From its end until retention ends, where there are no pages, or were none when it ended. */
    @Persisted
    private final PersistedValue<Tombstone> ended;

    private final boolean paged;
    private final PagedTaskMachine machine;
    private final Effects effects;
    private final Supplier<Moment> clock;
    private final PutOff putOff = new PutOff();

    TaskFn(Definitions definitions, TaskLimits limits, StateBackend backend, Effects effects, Supplier<Moment> clock) {
        this.ended = PersistedValue.of(ENDED, Tombstone.class, Expiration.expireAfterWriting(limits.retention()));
        this.paged = backend == StateBackend.HASHMAP;
        this.machine = new PagedTaskMachine(new TaskMachine(definitions, limits), paged);
        this.effects = effects;
        this.clock = clock;
    }

    @Override
    public void invoke(Context context, Object input) {
        if (!(input instanceof TaskMessage message)) {
            Defect.unexpected(context, input);
            return;
        }
        TaskMemory before = known(message);
        Decision<TaskMemory> decision = decide(context, before, message);
        if (decision.state() != before) {
            keep(before, decision.state());
        }
        effects.apply(context, decision.effects());
    }

    private @Nullable TaskMemory known(TaskMessage message) {
        TaskMemory here = memory.get();
        // Nothing but a command asks how a task ended, and it does so once it has been to the page.
        if (here != null || !message.hasLookedUp()) {
            return here;
        }
        Tombstone tombstone = ended.get();
        return tombstone == null
                ? null
                : TaskMemory.newBuilder().setEnded(tombstone).build();
    }

    private void keep(@Nullable TaskMemory before, @Nullable TaskMemory after) {
        boolean apart = after != null && after.hasEnded() && !paged;
        if (after != null && !apart) {
            memory.set(after);
        } else if (memory.get() != null) {
            memory.clear();
        }
        if (after != null && apart) {
            ended.set(after.getEnded());
        } else if (before != null && before.hasEnded()) {
            ended.clear();
        }
    }

    private Decision<TaskMemory> decide(Context context, @Nullable TaskMemory before, TaskMessage message) {
        String taskId = Addresses.taskOf(context.self());
        Moment now = clock.get();
        try {
            return machine.decide(taskId, before, message, now);
        } catch (DefinitionMissing missing) {
            putOff.again(context, message, missing);
            return new Decision<>(before, List.of());
        } catch (RuntimeException thrown) {
            Defect.report(context, message, thrown);
            return failed(context, taskId, before, thrown, now);
        }
    }

    /** Ends the task as failed; where even that is not possible it stays as it was. */
    private Decision<TaskMemory> failed(
            Context context, String taskId, @Nullable TaskMemory before, RuntimeException cause, Moment now) {
        if (before == null) {
            return new Decision<>(null, List.of());
        }
        try {
            return machine.fail(taskId, before, Defect.reason(cause), now);
        } catch (RuntimeException again) {
            Defect.report(context, before, again);
            return new Decision<>(before, List.of());
        }
    }
}
