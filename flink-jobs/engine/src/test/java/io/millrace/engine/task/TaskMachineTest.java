package io.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.v1.CancelTask;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.Grant;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemFailure;
import io.millrace.schemas.v1.ItemReply;
import io.millrace.schemas.v1.ItemResult;
import io.millrace.schemas.v1.Step;
import io.millrace.schemas.v1.SubmitTask;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.v1.Timer;
import io.millrace.schemas.workflow.Definitions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskMachineTest {
    private static final TaskLimits LIMITS = TaskLimits.defaults();

    private final TaskMachine machine = new TaskMachine(Definitions.shipped(), LIMITS);
    private final List<Effect> effects = new ArrayList<>();
    private @Nullable TaskMemory memory;
    private long now = 1_760_000_000_000L;
    private long epoch = 1;
    private final String id = TaskId.at(now).value();

    @Test
    void aSubmitQueuesAndAnswers() {
        send(submit("c1", "{}"));

        assertThat(step().getStatus()).isEqualTo("queued");
        assertThat(step().getPhase()).isEqualTo("init");
        assertThat(answer().getAccepted()).isTrue();
        assertThat(effects).anyMatch(Effect.ToLane.class::isInstance);
    }

    @Test
    void theSameSubmitAgainChangesNothing() {
        send(submit("c1", "{}"));
        TaskMemory before = memory;

        send(submit("c2", "{}"));

        assertThat(memory).isEqualTo(before);
        assertThat(answer().getAccepted()).isTrue();
    }

    @Test
    void anotherSubmitUnderTheSameIdIsRefused() {
        send(submit("c1", "{}"));

        send(submit("c2", "{\"prompt\":\"other\"}"));

        assertThat(answer().getAccepted()).isFalse();
        assertThat(answer().getCode()).isEqualTo(ErrorCode.CONFLICT.name());
    }

    @Test
    void anUnknownTypeIsRefusedAndLeavesNothing() {
        TaskCommand command = submit("c1", "{}");
        send(command.toBuilder()
                .setSubmit(command.getSubmit().toBuilder().setType("sculpture"))
                .build());

        assertThat(memory).isNull();
        assertThat(answer().getReason()).contains("type").contains("sculpture");
    }

    @Test
    void cancelEndsAtOnceAndTheLateResultIsDropped() {
        InferenceItem item = running();

        send(cancel("c2"));

        assertThat(step().getStatus()).isEqualTo("cancelled");
        assertThat(effects).anyMatch(Effect.StopComputing.class::isInstance);
        TaskMemory ended = memory;
        send(TaskMessage.newBuilder().setItem(reply(item).setResult(result())).build());
        assertThat(memory).isEqualTo(ended);
    }

    @Test
    void aRepeatOfTheCommandThatEndedItIsAcceptedAgainAndAnotherOneRefused() {
        running();
        send(cancel("c2"));

        send(cancel("c2"));
        assertThat(answer().getAccepted()).isTrue();

        send(cancel("c3"));
        assertThat(answer().getAccepted()).isFalse();
        assertThat(answer().getReason()).isEqualTo("the task is already cancelled");
    }

    @Test
    void aCancelBeforeTheSubmitStopsIt() {
        send(cancel("c1"));

        send(submit("c2", "{}"));

        assertThat(step().getStatus()).isEqualTo("cancelled");
        assertThat(step().getCancelReason()).isEqualTo("not wanted");
    }

    @Test
    void aStrangerIsRefused() {
        running();
        TaskMemory before = memory;

        send(cancel("c2").toBuilder().setUserId("mallory").build());

        assertThat(answer().getCode()).isEqualTo(ErrorCode.FORBIDDEN.name());
        assertThat(memory).isEqualTo(before);
    }

    @Test
    void faultsUseUpTriesAndOutagesDoNot() {
        InferenceItem item = running();
        for (int i = 0; i < 30; i++) {
            send(failure(item, ErrorCode.UNAVAILABLE));
            item = retried();
        }
        for (int i = 0; i < 3; i++) {
            send(failure(item, ErrorCode.MODEL_ERROR));
            item = retried();
        }

        send(failure(item, ErrorCode.MODEL_ERROR));

        assertThat(step().getStatus()).isEqualTo("failed");
        assertThat(step().getError().getMessage()).contains("4 tries");
    }

    @Test
    void anOutageThatIsTooLongFailsTheTask() {
        InferenceItem item = running();
        send(failure(item, ErrorCode.UNAVAILABLE));
        item = retried();
        now += LIMITS.outage().toMillis() + 1;

        send(failure(item, ErrorCode.UNAVAILABLE));

        assertThat(step().getError().getCode()).isEqualTo(ErrorCode.UNAVAILABLE.name());
    }

    @Test
    void aTimerOfAnotherEpochGivesTheItemItsFullTimeOnceMore() {
        running();
        Timer guard = wake("guard");
        epoch++;
        now = guard.getDueAtMs();

        send(TaskMessage.newBuilder().setTimer(guard).build());

        assertThat(effects).noneMatch(Effect.ToBatcher.class::isInstance);
        Timer again = wake("guard");
        now = again.getDueAtMs();
        send(TaskMessage.newBuilder().setTimer(again).build());
        assertThat(wake("retry").getId()).isGreaterThan(again.getId());
    }

    @Test
    void phasesInTimeDelayOneMessage() {
        InferenceItem item = running();
        long first = now;
        Timer alarm = wake("guard");
        assertThat(effects).anyMatch(Effect.Wake.class::isInstance);
        now += 1_000;

        send(TaskMessage.newBuilder().setItem(reply(item).setResult(result())).build());

        assertThat(effects).noneMatch(Effect.Wake.class::isInstance).noneMatch(Effect.CancelWake.class::isInstance);
        now = alarm.getDueAtMs();
        send(TaskMessage.newBuilder().setTimer(alarm).build());
        assertThat(effects).anyMatch(Effect.Wake.class::isInstance).noneMatch(Effect.ToBatcher.class::isInstance);
        Timer guard = wake("guard");
        assertThat(guard.getDueAtMs()).isGreaterThan(alarm.getDueAtMs());
        now = guard.getDueAtMs();
        send(TaskMessage.newBuilder().setTimer(alarm).build());
        assertThat(effects).as("an alarm that has rung").containsExactly(new Effect.Count("stale_timers", 1));
        send(TaskMessage.newBuilder().setTimer(guard).build());
        assertThat(wake("retry").getDueAtMs()).isGreaterThan(first);
    }

    @Test
    void whatIsDueSoonerTakesTheAlarmOver() {
        InferenceItem item = running();
        Timer guard = wake("guard");

        send(failure(item, ErrorCode.UNAVAILABLE));

        assertThat(effects).contains(new Effect.CancelWake("timer-" + guard.getId()));
        assertThat(wake("retry").getDueAtMs()).isLessThan(guard.getDueAtMs());
        assertThat(wake("retry").getId()).isGreaterThan(guard.getId());
    }

    @Test
    void aTombstoneIsSmallAndGoesWhenRetentionEnds() {
        running();
        send(cancel("a-command-id-of-36-characters-------"));

        TaskMemory ended = java.util.Objects.requireNonNull(memory);
        assertThat(ended.getSerializedSize()).isLessThanOrEqualTo(200);
        now += LIMITS.retention().toMillis() - 1;
        send(cancel("another"));
        assertThat(memory).isEqualTo(ended);
        now++;
        send(cancel("another"));
        assertThat(memory)
                .as("nothing was known: a mark for a submit that may come")
                .isNotEqualTo(ended);
    }

    @Test
    void aGrantNobodyWantsIsGivenBack() {
        send(TaskMessage.newBuilder()
                .setGrant(Grant.newBuilder().setLane("poster").setTicket(7))
                .build());

        assertThat(effects)
                .anyMatch(effect -> effect instanceof Effect.ToLane to
                        && to.message().getRelease().getTicket() == 7);
    }

    @Test
    void messagesSpeakTheLanguageOfThePrompt() {
        send(submit("c1", "{\"prompt\":\"招聘海报\"}"));

        assertThat(step().getMessage()).isEqualTo("排队等待中");
    }

    private InferenceItem running() {
        send(submit("c1", "{}"));
        long ticket = java.util.Objects.requireNonNull(memory).getActive().getTicket();
        send(TaskMessage.newBuilder()
                .setGrant(Grant.newBuilder().setLane("poster").setTicket(ticket))
                .build());
        return sentItem();
    }

    private InferenceItem retried() {
        Timer retry = wake("retry");
        now = retry.getDueAtMs();
        send(TaskMessage.newBuilder().setTimer(retry).build());
        return sentItem();
    }

    private InferenceItem sentItem() {
        return effects.stream()
                .filter(effect ->
                        effect instanceof Effect.ToBatcher to && to.message().hasItem())
                .map(effect -> ((Effect.ToBatcher) effect).message().getItem())
                .findFirst()
                .orElseThrow();
    }

    /** What is armed, as its alarm brings it. */
    private Timer wake(String kind) {
        TaskState active = java.util.Objects.requireNonNull(memory).getActive();
        assertThat(active.getArmed().getKind()).isEqualTo(kind);
        return active.getArmed().toBuilder().setId(active.getAlarm()).build();
    }

    private Step step() {
        return effects.stream()
                .filter(effect ->
                        effect instanceof Effect.Tell tell && tell.progress().hasStepTaken())
                .map(effect -> ((Effect.Tell) effect).progress().getStepTaken())
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private CommandAnswer answer() {
        return effects.stream()
                .filter(effect ->
                        effect instanceof Effect.Tell tell && tell.progress().hasAnswer())
                .map(effect -> ((Effect.Tell) effect).progress().getAnswer())
                .findFirst()
                .orElseThrow();
    }

    private void send(TaskCommand command) {
        send(TaskMessage.newBuilder().setCommand(command).build());
    }

    private void send(TaskMessage message) {
        Decision<TaskMemory> decision = machine.decide(id, memory, message, new Moment(now, epoch));
        memory = decision.state();
        effects.clear();
        effects.addAll(decision.effects());
    }

    private TaskCommand submit(String commandId, String params) {
        return TaskCommand.newBuilder()
                .setCommandId(commandId)
                .setTaskId(id)
                .setUserId("ann")
                .setSubmit(SubmitTask.newBuilder()
                        .setType("poster")
                        .setCreatedAtMs(now)
                        .setInputParams(ByteString.copyFromUtf8(params)))
                .build();
    }

    private TaskCommand cancel(String commandId) {
        return TaskCommand.newBuilder()
                .setCommandId(commandId)
                .setTaskId(id)
                .setUserId("ann")
                .setCancel(CancelTask.newBuilder().setReason("not wanted"))
                .build();
    }

    private static TaskMessage failure(InferenceItem item, ErrorCode code) {
        ItemFailure failure = ItemFailure.newBuilder()
                .setCode(code.name())
                .setRetryable(true)
                .setMessage("it did not work")
                .build();
        return TaskMessage.newBuilder().setItem(reply(item).setFailure(failure)).build();
    }

    private static ItemReply.Builder reply(InferenceItem item) {
        return ItemReply.newBuilder()
                .setTaskId(item.getTaskId())
                .setPhase(item.getPhase())
                .setAttempt(item.getAttempt())
                .setRound(item.getRound())
                .setTries(item.getTries());
    }

    private static ItemResult result() {
        return ItemResult.newBuilder().setOutput(ByteString.copyFromUtf8("{}")).build();
    }
}
