package io.millrace.edge.control;

import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.body.Fields;
import io.millrace.edge.command.Commander;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.task.TaskReader;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.v1.TaskSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the orchestrator to move a task. A task that has ended may be gone from its state: then its snapshot out of MySQL goes with the
 * command. The edge refuses by itself only what can never be granted: to stop what is committed as completed or cancelled.
 */
@Component
public final class Control {
    private static final int MAX_REASON = 500;

    private final TaskReader tasks;
    private final Snapshots snapshots;
    private final Commander commander;

    Control(TaskReader tasks, Snapshots snapshots, Commander commander) {
        this.tasks = tasks;
        this.snapshots = snapshots;
        this.commander = commander;
    }

    /**
     * What came of it.
     *
     * @param decided false when the orchestrator has not answered yet
     * @param previousStatus status before, or the last one known when not decided
     * @param status status after; as before when not decided
     * @param details what else the orchestrator says
     */
    public record Outcome(
            boolean decided, String taskId, String message, String previousStatus, String status, ObjectNode details) {

        /** {@code success, task_id, message, previous_status, status} and the details. */
        public ObjectNode json() {
            ObjectNode json = details.deepCopy();
            return json.put("success", decided)
                    .put("task_id", taskId)
                    .put("message", message)
                    .put("previous_status", previousStatus)
                    .put("status", status);
        }
    }

    /** As {@link #apply(Caller, String, Verb, String)}, with the reason in a body {@code {"reason": "..."}} that may be empty. */
    Mono<Outcome> apply(Caller caller, String taskId, Verb verb, byte[] body) {
        return Mono.defer(() -> apply(caller, taskId, verb, reason(verb, body)));
    }

    /** Moves a task of the caller's; fails with 400 and the reason when it is refused, 403, 404 or 503. */
    Mono<Outcome> apply(Caller caller, String taskId, Verb verb, String reason) {
        return tasks.find(caller, taskId).flatMap(found -> {
            TaskView view = found.view();
            caller.requireControl(view.userId(), "task " + taskId);
            TaskCommand.Builder command =
                    verb.into(commander.command(verb.text(), taskId, view.userId()), caller.label(), reason);
            return snapshot(view, verb)
                    .map(snapshot -> {
                        requirePossible(snapshot, taskId, verb);
                        return command.setSnapshot(snapshot).build();
                    })
                    .defaultIfEmpty(command.build())
                    .flatMap(whole -> send(caller, view, verb, whole));
        });
    }

    /** None while the task is under way; without a database only what may follow the end has to wait for it. */
    private Mono<TaskSnapshot> snapshot(TaskView view, Verb verb) {
        if (!view.ended()) {
            return Mono.empty();
        }
        return verb.mayFollowTheEnd() ? snapshots.of(view) : snapshots.of(view).onErrorComplete(Problem.class);
    }

    private static void requirePossible(TaskSnapshot snapshot, String taskId, Verb verb) {
        TaskStatus status = TaskStatus.ofWireName(snapshot.getStatus());
        if (status.terminal() && !status.mayBecome(TaskStatus.QUEUED) && !verb.mayFollowTheEnd()) {
            throw Problem.of(
                    HttpStatus.BAD_REQUEST,
                    ErrorCode.CONFLICT,
                    "task " + taskId + " has ended, it is " + status.wireName(),
                    ErrorCode.CONFLICT.remedy());
        }
    }

    private Mono<Outcome> send(Caller caller, TaskView view, Verb verb, TaskCommand command) {
        return commander
                .ask(caller, command)
                .flatMap(answer -> {
                    if (answer.getAccepted()) {
                        return Mono.just(outcome(view, verb, answer));
                    }
                    return Mono.<Outcome>error(Commander.refusal(answer));
                })
                .switchIfEmpty(Mono.fromSupplier(() -> undecided(view, verb)));
    }

    private static Outcome outcome(TaskView view, Verb verb, CommandAnswer answer) {
        ObjectNode details = Json.lenient(answer.getDetails()) instanceof ObjectNode object ? object : Json.object();
        return new Outcome(
                true, view.taskId(), verb.granted(), answer.getPreviousStatus(), answer.getStatus(), details);
    }

    private static Outcome undecided(TaskView view, Verb verb) {
        String status = view.step().getStatus();
        String message = "the " + verb.text() + " was written and is not decided yet; follow the task";
        return new Outcome(false, view.taskId(), message, status, status, Json.object());
    }

    /**
     * Recovers one failed task as part of something larger. The command's id follows from prefix, task and version, so that asking twice
     * changes nothing.
     *
     * @return whether it was accepted; false also when nobody answered in time
     */
    public Mono<Boolean> recover(Caller caller, String ownerId, String taskId, String prefix) {
        return snapshots
                .since(taskId, 1)
                .flatMap(snapshot -> {
                    TaskCommand.Builder command =
                            Verb.RECOVER.into(commander.command("recover", taskId, ownerId), caller.label(), "");
                    command.setCommandId(prefix + ":" + taskId + ":" + snapshot.getVersion())
                            .setSnapshot(snapshot);
                    return commander.ask(caller, command.build()).map(CommandAnswer::getAccepted);
                })
                .defaultIfEmpty(false);
    }

    static String reason(Verb verb, byte[] body) {
        List<FieldProblem> problems = new ArrayList<>();
        Fields fields = new Fields(Bodies.objectOrEmpty(body), "", problems);
        Optional<String> reason =
                verb.takesReason() ? Optional.ofNullable(fields.text("reason", 0, MAX_REASON)) : Optional.empty();
        fields.refuseUnknown();
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
        return Objects.requireNonNullElse(reason.orElse(null), "");
    }
}
