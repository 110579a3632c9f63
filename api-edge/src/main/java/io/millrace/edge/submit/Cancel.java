package io.millrace.edge.submit;

import io.millrace.edge.access.Caller;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.task.TaskReader;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.CancelTask;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.TaskCommand;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Asks the orchestrator to cancel a task and waits a moment for its answer; the edge itself decides nothing. */
@Component
public final class Cancel {
    private static final Logger LOG = LoggerFactory.getLogger(Cancel.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final TaskReader tasks;
    private final CommandLog log;
    private final CommandAnswers answers;
    private final Clock clock;

    Cancel(TaskReader tasks, CommandLog log, CommandAnswers answers, Clock clock) {
        this.tasks = tasks;
        this.log = log;
        this.answers = answers;
        this.clock = clock;
    }

    /**
     * What came of a cancel.
     *
     * @param decided false when the orchestrator has not answered yet
     * @param previousStatus status before, or the last one known when not decided
     */
    public record Outcome(boolean decided, String taskId, String message, String previousStatus) {}

    /**
     * Cancels a task of the caller's.
     *
     * @param body empty, or {@code {"reason": "..."}} with at most 500 characters
     */
    public Mono<Outcome> cancel(Caller caller, String taskId, byte[] body) {
        return Mono.defer(() -> {
            String reason = reason(body);
            return tasks.find(caller, taskId).flatMap(found -> cancel(caller, found.view(), reason));
        });
    }

    private static String reason(byte[] body) {
        if (body.length == 0) {
            return "";
        }
        List<FieldProblem> problems = new ArrayList<>();
        Fields fields = new Fields(SubmissionReader.object(body), "", problems);
        String reason = fields.text("reason", 0, 500);
        fields.refuseUnknown();
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
        return Objects.requireNonNullElse(reason, "");
    }

    private Mono<Outcome> cancel(Caller caller, TaskView view, String reason) {
        String commandId = "cancel:" + UUID.randomUUID();
        TaskCommand command = TaskCommand.newBuilder()
                .setCommandId(commandId)
                .setTaskId(view.taskId())
                .setUserId(view.userId())
                .setIssuedAtMs(clock.millis())
                .setCancel(CancelTask.newBuilder().setReason(reason).setRequestedBy(caller.label()))
                .build();
        LOG.info("event=cancel_asked task={} by={}", view.taskId(), caller.label());
        return answers.afterSending(commandId, log.append(command), PATIENCE)
                .map(answer -> outcome(view, answer))
                .switchIfEmpty(Mono.fromSupplier(() -> new Outcome(
                        false,
                        view.taskId(),
                        "the cancel was written and is not decided yet; follow the task",
                        view.step().getStatus())));
    }

    private static Outcome outcome(TaskView view, CommandAnswer answer) {
        if (answer.getAccepted()) {
            return new Outcome(true, view.taskId(), "the task is cancelled", answer.getPreviousStatus());
        }
        throw Problem.of(
                HttpStatus.BAD_REQUEST,
                ErrorCode.CONFLICT,
                answer.getReason().isEmpty() ? "the task cannot be cancelled now" : answer.getReason(),
                ErrorCode.CONFLICT.remedy());
    }
}
