package io.millrace.orchestrator.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.engine.Moment;
import io.millrace.engine.batch.BatchLimits;
import io.millrace.engine.batch.BatchMachine;
import io.millrace.engine.lane.LaneMachine;
import io.millrace.engine.task.TaskLimits;
import io.millrace.orchestrator.config.StateBackend;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.v1.BatchMessage;
import io.millrace.schemas.v1.CommittedRecord;
import io.millrace.schemas.v1.EventRecord;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.v1.LookedUp;
import io.millrace.schemas.v1.RejectedRecord;
import io.millrace.schemas.v1.SubmitTask;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.v1.TombstoneMessage;
import io.millrace.schemas.workflow.Definitions;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.statefun.sdk.Address;
import org.junit.jupiter.api.Test;

/** A message that no decision can be taken about ends where people find it, and the job goes on. */
class DefectTest {
    private static final long NOW = 1_790_000_000_000L;
    private static final String TASK = TaskId.at(NOW).value();

    private static final StateBackend BACKEND = StateBackend.HASHMAP;

    private final Definitions definitions = Definitions.shipped();
    private final Effects effects = new Effects(new Addresses(1));
    private final Supplier<Moment> clock = () -> new Moment(NOW, 1);

    @Test
    void aTaskWhoseDecisionThrowsFailsAndItsMessageIsKept() {
        TaskFn task = new TaskFn(definitions, TaskLimits.defaults(), BACKEND, effects, clock);
        task.invoke(new FakeContext(Addresses.task(TASK)), submit());
        FakeContext context = new FakeContext(Addresses.task(TASK));

        task.invoke(context, TaskMessage.getDefaultInstance());

        RejectedRecord rejected = committed(context).get(0).getRejected();
        assertThat(rejected.getReason()).contains("message without a body").contains("TaskMachine");
        assertThat(rejected.getSource()).isEqualTo("FunctionType(millrace, task)");
        assertThat(rejected.getKey().toStringUtf8()).isEqualTo("t:" + TASK);
        EventRecord event = committed(context).get(1).getEvent();
        assertThat(event.getType()).isEqualTo(EventType.FAILED.wireName());
        assertThat(event.getData().toStringUtf8()).contains("\"INTERNAL\"");
        assertThat(context.counters).containsEntry("defects", 1L);
    }

    @Test
    void aDefectOfAnUnknownTaskLeavesNothingBehind() {
        TaskFn task = new TaskFn(definitions, TaskLimits.defaults(), BACKEND, effects, clock);
        FakeContext context = new FakeContext(Addresses.task(TASK));

        task.invoke(context, TaskMessage.getDefaultInstance());

        assertThat(committed(context)).singleElement().matches(CommittedRecord::hasRejected);
    }

    @Test
    void aLaneKeepsItsStateWhenADecisionThrows() {
        LaneFn lane = new LaneFn(new LaneMachine(definitions), effects, clock);
        assertRejected(Addresses.lane("poster"), context -> lane.invoke(context, LaneMessage.getDefaultInstance()));
        assertRejected(Addresses.page("poster", 3), context -> lane.invoke(context, LaneMessage.getDefaultInstance()));
    }

    @Test
    void aPageOfTombstonesKeepsItsStateWhenADecisionThrows() {
        TombstoneFn page = new TombstoneFn(Duration.ofHours(1), effects, clock);
        Address self = new Addresses(1).tombstones(TASK);
        assertRejected(self, context -> page.invoke(context, TombstoneMessage.getDefaultInstance()));
    }

    @Test
    void aBatcherKeepsItsStateWhenADecisionThrows() {
        BatchFn batch = new BatchFn(new BatchMachine(BatchLimits.defaults()), effects, clock);
        Address self = new Addresses(1).batcher("ocr", Addresses.task(TASK));
        assertRejected(self, context -> batch.invoke(context, BatchMessage.getDefaultInstance()));
    }

    @Test
    void aMessageOfAnotherFunctionIsRejected() {
        BatchFn batch = new BatchFn(new BatchMachine(BatchLimits.defaults()), effects, clock);
        LaneFn lane = new LaneFn(new LaneMachine(definitions), effects, clock);
        assertRejected(Addresses.task(TASK), context -> batch.invoke(context, LaneMessage.getDefaultInstance()));
        assertRejected(Addresses.lane("poster"), context -> lane.invoke(context, BatchMessage.getDefaultInstance()));
    }

    private interface Call {
        void with(FakeContext context);
    }

    private static void assertRejected(Address self, Call call) {
        FakeContext context = new FakeContext(self);
        call.with(context);
        assertThat(committed(context)).singleElement().matches(CommittedRecord::hasRejected);
    }

    private static List<CommittedRecord> committed(FakeContext context) {
        return context.messages.stream()
                .filter(CommittedRecord.class::isInstance)
                .map(CommittedRecord.class::cast)
                .toList();
    }

    private static TaskMessage submit() {
        TaskCommand command = TaskCommand.newBuilder()
                .setCommandId("c1")
                .setTaskId(TASK)
                .setUserId("u1")
                .setIssuedAtMs(NOW)
                .setSubmit(SubmitTask.newBuilder()
                        .setType("poster")
                        .setCreatedAtMs(NOW)
                        .setInputParams(ByteString.copyFromUtf8("{}")))
                .build();
        return TaskMessage.newBuilder()
                .setLookedUp(LookedUp.newBuilder().setCommand(command))
                .build();
    }
}
