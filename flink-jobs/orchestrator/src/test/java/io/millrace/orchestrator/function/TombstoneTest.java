package io.millrace.orchestrator.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Moment;
import io.millrace.engine.task.TaskLimits;
import io.millrace.orchestrator.config.StateBackend;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.v1.LookedUp;
import io.millrace.schemas.v1.SubmitTask;
import io.millrace.schemas.v1.TaskCommand;
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

    @Test
    void aTombstoneOfRocksDbIsFoundOnceTheCommandHasBeenToThePage() throws Exception {
        Tombstone kept = Tombstone.newBuilder()
                .setStatus("completed")
                .setUserId("ann")
                .setExpiresAtMs(NOW + 1)
                .build();
        PersistedValue<Tombstone> ended = field(TaskFn.ENDED);
        ended.set(kept);
        TaskCommand submit = TaskCommand.newBuilder()
                .setTaskId(TASK)
                .setUserId("ann")
                .setCommandId("c1")
                .setSubmit(SubmitTask.newBuilder().setType("poster"))
                .build();

        task.invoke(
                new FakeContext(Addresses.task(TASK)),
                TaskMessage.newBuilder()
                        .setLookedUp(LookedUp.newBuilder().setCommand(submit))
                        .build());

        assertThat(memory().get()).as("the id is used: nothing begins").isNull();
        assertThat(ended.get()).isEqualTo(kept);
    }

    private static TaskMessage retention() {
        return TaskMessage.newBuilder()
                .setTimer(Timer.newBuilder().setKind("retention").setId(1))
                .build();
    }

    private PersistedValue<TaskMemory> memory() throws ReflectiveOperationException {
        return field(TaskFn.MEMORY);
    }

    @SuppressWarnings("unchecked")
    private <T> PersistedValue<T> field(String name) throws ReflectiveOperationException {
        Field field = TaskFn.class.getDeclaredField(name);
        field.setAccessible(true);
        return (PersistedValue<T>) field.get(task);
    }
}
