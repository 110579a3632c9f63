package io.millrace.orchestrator.function;

import io.millrace.engine.Decision;
import io.millrace.engine.Moment;
import io.millrace.engine.task.TaskMachine;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskMessage;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.statefun.sdk.Context;
import org.apache.flink.statefun.sdk.StatefulFunction;
import org.apache.flink.statefun.sdk.annotations.Persisted;
import org.apache.flink.statefun.sdk.state.PersistedValue;
import org.jspecify.annotations.Nullable;

/** {@code millrace/task}, id {@code t:TASK}: all that is known of one task. */
final class TaskFn implements StatefulFunction {
    static final String MEMORY = "memory";

    @Persisted
    private final PersistedValue<TaskMemory> memory = PersistedValue.of(MEMORY, TaskMemory.class);

    private final TaskMachine machine;
    private final Effects effects;
    private final Supplier<Moment> clock;

    TaskFn(TaskMachine machine, Effects effects, Supplier<Moment> clock) {
        this.machine = machine;
        this.effects = effects;
        this.clock = clock;
    }

    @Override
    public void invoke(Context context, Object input) {
        if (!(input instanceof TaskMessage message)) {
            Defect.unexpected(context, input);
            return;
        }
        TaskMemory before = memory.get();
        Decision<TaskMemory> decision = decide(context, before, message);
        TaskMemory after = decision.state();
        if (after == null) {
            memory.clear();
        } else if (after != before) {
            memory.set(after);
        }
        effects.apply(context, decision.effects());
    }

    private Decision<TaskMemory> decide(Context context, @Nullable TaskMemory before, TaskMessage message) {
        String taskId = Addresses.taskOf(context.self());
        Moment now = clock.get();
        try {
            return machine.decide(taskId, before, message, now);
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
