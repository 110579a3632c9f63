package io.millrace.engine.task;

import com.google.protobuf.ByteString;
import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.engine.fixture.MySqlRow;
import io.millrace.engine.fixture.TestDefinitions;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.v1.CancelTask;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.DeleteTask;
import io.millrace.schemas.v1.EventRecord;
import io.millrace.schemas.v1.Grant;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemAccepted;
import io.millrace.schemas.v1.ItemFailure;
import io.millrace.schemas.v1.ItemReply;
import io.millrace.schemas.v1.ItemResult;
import io.millrace.schemas.v1.PauseTask;
import io.millrace.schemas.v1.RecoverTask;
import io.millrace.schemas.v1.ResumeTask;
import io.millrace.schemas.v1.Resync;
import io.millrace.schemas.v1.StartTask;
import io.millrace.schemas.v1.Step;
import io.millrace.schemas.v1.StopTask;
import io.millrace.schemas.v1.SubmitTask;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.v1.TaskSnapshot;
import io.millrace.schemas.v1.Timer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One task and its machine, with words for what tests tell it and what they look at. Effects are those of the last message. */
final class TaskLife {
    static final TaskLimits LIMITS = TaskLimits.defaults();
    static final String CHAPTERS = "{\"chapters\":[{\"n\":1},{\"n\":2},{\"n\":3},{\"n\":4}]}";

    final List<Effect> effects = new ArrayList<>();
    final List<EventRecord> events = new ArrayList<>();
    /** Delayed messages under way, by token, as StateFun keeps them. */
    final Map<String, TaskMessage> wakes = new HashMap<>();

    @Nullable
    TaskMemory memory;

    long now = 1_760_000_000_000L;
    long epoch = 1;
    final String id = TaskId.at(now).value();

    private final TaskMachine machine = new TaskMachine(TestDefinitions.all(), LIMITS);
    private int commands;

    // ---- what is told

    void submit(String type) {
        submit(type, "{}");
    }

    void submit(String type, String params) {
        command(body(type, params));
    }

    TaskCommand.Builder body(String type, String params) {
        return TaskCommand.newBuilder()
                .setSubmit(SubmitTask.newBuilder()
                        .setType(type)
                        .setCreatedAtMs(now)
                        .setInputParams(ByteString.copyFromUtf8(params)));
    }

    /** Submits and grants, and answers what the phases before the named one ask for. */
    InferenceItem running(String type, String phase) {
        submit(type);
        grant();
        return upTo(phase);
    }

    InferenceItem upTo(String phase) {
        for (int i = 0; i < 20; i++) {
            List<InferenceItem> items = items();
            if (items.isEmpty() || items.get(0).getPhase().equals(phase)) {
                break;
            }
            items.forEach(this::succeed);
        }
        return items().get(0);
    }

    void grant() {
        grant(ticket());
    }

    void grant(long ticket) {
        send(TaskMessage.newBuilder()
                .setGrant(Grant.newBuilder().setLane("poster").setTicket(ticket))
                .build());
    }

    void cancel() {
        command(TaskCommand.newBuilder().setCancel(CancelTask.newBuilder().setReason("not wanted")));
    }

    void pause() {
        command(TaskCommand.newBuilder().setPause(PauseTask.getDefaultInstance()));
    }

    void resume() {
        command(TaskCommand.newBuilder().setResume(ResumeTask.getDefaultInstance()));
    }

    void stop() {
        command(TaskCommand.newBuilder().setStop(StopTask.getDefaultInstance()));
    }

    void start() {
        command(TaskCommand.newBuilder().setStart(StartTask.getDefaultInstance()));
    }

    void recover(@Nullable TaskSnapshot snapshot) {
        command(with(snapshot).setRecover(RecoverTask.getDefaultInstance()));
    }

    void delete(@Nullable TaskSnapshot snapshot) {
        command(with(snapshot).setDelete(DeleteTask.getDefaultInstance()));
    }

    void resync(@Nullable TaskSnapshot snapshot) {
        command(with(snapshot).setResync(Resync.getDefaultInstance()));
    }

    /** As the owner, under an id of its own. */
    void command(TaskCommand.Builder command) {
        send(TaskMessage.newBuilder()
                .setCommand(command.setTaskId(id)
                        .setCommandId("command-" + ++commands)
                        .setUserId("ann"))
                .build());
    }

    /** The last command once more. */
    void repeat(TaskCommand.Builder command, String commandId) {
        send(TaskMessage.newBuilder()
                .setCommand(command.setTaskId(id).setCommandId(commandId).setUserId("ann"))
                .build());
    }

    String lastCommandId() {
        return "command-" + commands;
    }

    void succeed(InferenceItem item) {
        succeed(
                item,
                item.getPhase().equals("outlining")
                        ? CHAPTERS
                        : "{\"of\":\"" + item.getPhase() + item.getItem() + "\"}");
    }

    void succeed(InferenceItem item, String output) {
        succeed(item, output, Map.of());
    }

    void succeed(InferenceItem item, String output, Map<String, String> facts) {
        send(reply(item)
                .setResult(ItemResult.newBuilder()
                        .setOutput(ByteString.copyFromUtf8(output))
                        .putAllFacts(facts)
                        .setComputeMs(5)));
    }

    void fail(InferenceItem item, ErrorCode code) {
        send(reply(item)
                .setFailure(ItemFailure.newBuilder()
                        .setCode(code.name())
                        .setRetryable(code.retryable())
                        .setMessage("it did not work")));
    }

    void accept(InferenceItem item) {
        send(reply(item).setAccepted(ItemAccepted.newBuilder().setLeaseMs(30_000)));
    }

    /** The timer of this kind, which is armed or which the last message set beside it, rings when it is due. */
    void ring(String kind) {
        Timer timer = wake(kind);
        now = timer.getDueAtMs();
        send(TaskMessage.newBuilder().setTimer(timer).build());
    }

    /** The timer of this kind rings now, whenever it was due. */
    void fire(String kind) {
        send(TaskMessage.newBuilder().setTimer(wake(kind)).build());
    }

    /** The delayed message of the phase that is under way. */
    TaskMessage alarm() {
        long alarm = Objects.requireNonNull(memory).getActive().getAlarm();
        return wakes.values().stream()
                .filter(message -> alarm != 0 && message.getTimer().getId() == alarm)
                .findFirst()
                .orElseThrow();
    }

    void afterRetention() {
        now += TaskLimits.defaults().retention().toMillis();
    }

    void send(ItemReply.Builder reply) {
        send(TaskMessage.newBuilder().setItem(reply).build());
    }

    void send(TaskMessage message) {
        Decision<TaskMemory> decision = machine.decide(id, memory, message, new Moment(now, epoch));
        memory = decision.state();
        effects.clear();
        effects.addAll(decision.effects());
        wakes.values().remove(message);
        all(Effect.Wake.class).forEach(wake -> wakes.put(wake.token(), (TaskMessage) wake.message()));
        all(Effect.CancelWake.class).forEach(cancel -> wakes.remove(cancel.token()));
        all(Effect.Publish.class).forEach(publish -> events.add(publish.event()));
    }

    // ---- what is seen

    List<InferenceItem> items() {
        return all(Effect.ToBatcher.class)
                .filter(to -> to.message().hasItem())
                .map(to -> to.message().getItem())
                .toList();
    }

    boolean releases(long ticket) {
        return all(Effect.ToLane.class)
                .anyMatch(to ->
                        to.message().hasRelease() && to.message().getRelease().getTicket() == ticket);
    }

    long ticket() {
        return Objects.requireNonNull(memory).getActive().getTicket();
    }

    Timer wake(String kind) {
        Timer armed = Objects.requireNonNull(memory).getActive().getArmed();
        if (armed.getKind().equals(kind)) {
            return armed.toBuilder().setId(memory.getActive().getAlarm()).build();
        }
        return all(Effect.Wake.class)
                .map(wake -> ((TaskMessage) wake.message()).getTimer())
                .filter(timer -> timer.getKind().equals(kind))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    Step step() {
        return told().orElseThrow();
    }

    Optional<Step> told() {
        return all(Effect.Tell.class)
                .filter(tell -> tell.progress().hasStepTaken())
                .map(tell -> tell.progress().getStepTaken())
                .reduce((first, second) -> second);
    }

    CommandAnswer answer() {
        return all(Effect.Tell.class)
                .filter(tell -> tell.progress().hasAnswer())
                .map(tell -> tell.progress().getAnswer())
                .findFirst()
                .orElseThrow();
    }

    EventRecord lastEvent() {
        return events.get(events.size() - 1);
    }

    /** What MySQL knows once it has read all. */
    TaskSnapshot row() {
        return MySqlRow.of(lastEvent());
    }

    /** Answers that name accepted, or the code of the refusal. */
    String outcome() {
        return answer().getAccepted() ? "accepted" : answer().getCode();
    }

    String status() {
        TaskMemory known = Objects.requireNonNull(memory);
        return known.hasActive()
                ? known.getActive().getStatus()
                : known.getEnded().getStatus();
    }

    <E extends Effect> Stream<E> all(Class<E> type) {
        return effects.stream().filter(type::isInstance).map(type::cast);
    }

    private static TaskCommand.Builder with(@Nullable TaskSnapshot snapshot) {
        return snapshot == null
                ? TaskCommand.newBuilder()
                : TaskCommand.newBuilder().setSnapshot(snapshot);
    }

    static ItemReply.Builder reply(InferenceItem item) {
        return ItemReply.newBuilder()
                .setTaskId(item.getTaskId())
                .setPhase(item.getPhase())
                .setAttempt(item.getAttempt())
                .setRound(item.getRound())
                .setTries(item.getTries())
                .setItem(item.getItem());
    }
}
