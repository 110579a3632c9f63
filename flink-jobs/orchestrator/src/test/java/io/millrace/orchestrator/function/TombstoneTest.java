package io.millrace.orchestrator.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Moment;
import io.millrace.engine.task.TaskLimits;
import io.millrace.orchestrator.config.StateBackend;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.v1.Timer;
import io.millrace.schemas.v1.Tombstone;
import io.millrace.schemas.workflow.Definitions;
import java.lang.reflect.Field;
import org.apache.flink.statefun.sdk.state.PersistedValue;
import org.junit.jupiter.api.Test;

/** Earlier versions kept tombstones where tasks under way are kept, until a timer rang. */
class TombstoneTest {
    private static final long NOW = 1_760_000_000_000L;
    private static final String TASK = TaskId.at(NOW).value();

    private final TaskFn task = new TaskFn(
            Definitions.shipped(),
            TaskLimits.defaults(),
            StateBackend.HASHMAP,
            new Effects(new Addresses(1)),
            () -> new Moment(NOW, 1));

    @Test
    void aTombstoneOfAnEarlierVersionGoesWhenItsTimerRings() throws Exception {
        PersistedValue<TaskMemory> memory = memory();
        memory.set(TaskMemory.newBuilder()
                .setEnded(Tombstone.newBuilder().setStatus("completed").setExpiresAtMs(NOW - 1))
                .build());

        task.invoke(new FakeContext(Addresses.task(TASK)), retention());

        assertThat(memory.get()).isNull();
    }

    @Test
    void aTombstoneOfAnEarlierVersionStaysUntilItsTimeIsOver() throws Exception {
        PersistedValue<TaskMemory> memory = memory();
        TaskMemory kept = TaskMemory.newBuilder()
                .setEnded(Tombstone.newBuilder().setStatus("completed").setExpiresAtMs(NOW + 1))
                .build();
        memory.set(kept);

        task.invoke(new FakeContext(Addresses.task(TASK)), retention());

        assertThat(memory.get()).isEqualTo(kept);
    }

    private static TaskMessage retention() {
        return TaskMessage.newBuilder()
                .setTimer(Timer.newBuilder().setKind("retention").setId(1))
                .build();
    }

    @SuppressWarnings("unchecked")
    private PersistedValue<TaskMemory> memory() throws ReflectiveOperationException {
        Field field = TaskFn.class.getDeclaredField(TaskFn.MEMORY);
        field.setAccessible(true);
        return (PersistedValue<TaskMemory>) field.get(task);
    }
}
