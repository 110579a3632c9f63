package io.millrace.edge.submit;

import io.millrace.edge.access.Caller;
import io.millrace.edge.live.LiveView;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.watch.Hub;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.workflow.Definitions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes tasks in: validates them, gives them their identity, and puts them into the command log. */
@Component
public final class Submit {
    private static final Logger LOG = LoggerFactory.getLogger(Submit.class);
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final Pattern TRACEPARENT = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final SubmissionReader reader;
    private final CommandLog log;
    private final KeyStore keys;
    private final Hub hub;
    private final Clock clock;

    Submit(Definitions definitions, CommandLog log, KeyStore keys, Hub hub, Clock clock) {
        this.reader = new SubmissionReader(definitions);
        this.log = log;
        this.keys = keys;
        this.hub = hub;
        this.clock = clock;
    }

    /**
     * What came of a submit.
     *
     * @param view the task as it is shown now
     * @param repeated an earlier submit with this key had made the task
     */
    public record Accepted(TaskView view, boolean repeated) {}

    /**
     * Submits a task for the caller.
     *
     * @param idempotencyKey 1 to 200 visible ASCII characters; null when the caller does not mind repeats
     * @param traceparent W3C trace context of the caller, taken over when well formed
     */
    public Mono<Accepted> submit(
            Caller caller, byte[] body, @Nullable String idempotencyKey, @Nullable String traceparent) {
        return Mono.defer(() -> {
            Submission submission = reader.read(body);
            String trace =
                    traceparent != null && TRACEPARENT.matcher(traceparent).matches() ? traceparent : "";
            long now = clock.millis();
            if (idempotencyKey == null) {
                return send(submission.command(TaskId.at(now), caller.userId(), now, trace));
            }
            if (!KEY.matcher(idempotencyKey).matches()) {
                return Mono.error(Problem.invalid(
                        "Idempotency-Key",
                        "is not a key",
                        "Send 1 to 200 visible ASCII characters, for example a UUID."));
            }
            return submitOnce(submission, caller.userId(), idempotencyKey, now, trace);
        });
    }

    private Mono<Accepted> submitOnce(Submission submission, String userId, String key, long now, String traceparent) {
        Optional<TaskView> earlier = IdempotentId.lately(userId, key, now).stream()
                .flatMap(id -> hub.find(id.value()).stream())
                .map(LiveView.Known::view)
                .findFirst();
        if (earlier.isPresent()) {
            requireSameBody(submission.hash(), Submission.hashOf(earlier.get()));
            return Mono.just(new Accepted(earlier.get(), true));
        }
        TaskId derived = IdempotentId.of(userId, key, now);
        KeyStore.Entry own = new KeyStore.Entry(submission.hash(), derived.value());
        return keys.remember(userId, key, own)
                .onErrorResume(failure -> {
                    LOG.warn("event=key_not_remembered task={} error={}", derived, failure.getMessage());
                    return Mono.just(own);
                })
                .flatMap(entry -> {
                    requireSameBody(submission.hash(), entry.bodyHash());
                    TaskId taskId = new TaskId(entry.taskId());
                    // Sent again even when the key is known: the first send may have failed, and a repeat changes
                    // nothing.
                    return send(submission.command(taskId, userId, now, traceparent));
                });
    }

    private static void requireSameBody(String ours, String earlier) {
        if (!ours.equals(earlier)) {
            throw Problem.of(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    ErrorCode.CONFLICT,
                    "this Idempotency-Key was used with another body",
                    "Use a new key for a new task, or send the same body again.",
                    List.of(new FieldProblem("Idempotency-Key", "was used with another body", "Use a new key.")));
        }
    }

    private Mono<Accepted> send(TaskCommand command) {
        return log.append(command).then(Mono.fromSupplier(() -> {
            TaskView pending = Submission.pendingView(command);
            hub.accepted(pending);
            LOG.info(
                    "event=task_accepted task={} type={}",
                    command.getTaskId(),
                    command.getSubmit().getType());
            TaskView shown =
                    hub.find(command.getTaskId()).map(LiveView.Known::view).orElse(pending);
            return new Accepted(shown, false);
        }));
    }
}
