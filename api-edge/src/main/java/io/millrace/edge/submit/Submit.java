package io.millrace.edge.submit;

import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.body.DurationText;
import io.millrace.edge.command.CommandAnswers;
import io.millrace.edge.command.CommandLog;
import io.millrace.edge.command.Commander;
import io.millrace.edge.fetch.Pictures;
import io.millrace.edge.live.LiveView;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.task.TaskReader;
import io.millrace.edge.watch.Hub;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.TaskCommand;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes tasks in: validates them, gives them their identity, and puts them into the command log. */
@Component
public final class Submit {
    private static final Logger LOG = LoggerFactory.getLogger(Submit.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final Pattern TRACEPARENT = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final SubmissionReader reader;
    private final PresetSource presets;
    private final Pictures pictures;
    private final CommandLog log;
    private final CommandAnswers answers;
    private final KeyStore keys;
    private final Hub hub;
    private final TaskReader tasks;
    private final Clock clock;

    Submit(
            SubmissionReader reader,
            PresetSource presets,
            Pictures pictures,
            CommandLog log,
            CommandAnswers answers,
            KeyStore keys,
            Hub hub,
            TaskReader tasks,
            Clock clock) {
        this.reader = reader;
        this.presets = presets;
        this.pictures = pictures;
        this.log = log;
        this.answers = answers;
        this.keys = keys;
        this.hub = hub;
        this.tasks = tasks;
        this.clock = clock;
    }

    /**
     * What came of a submit.
     *
     * @param view the task as it is shown now
     * @param repeated an earlier submit with this key had made the task
     * @param details what the orchestrator says to a derivative, as {@code {reused_phases: []}}; else missing
     */
    public record Accepted(TaskView view, boolean repeated, JsonNode details) {}

    /**
     * What stands beside the body.
     *
     * @param idempotencyKey 1 to 200 visible ASCII characters; null when the caller does not mind repeats
     * @param traceparent W3C trace context of the caller, taken over when well formed
     * @param cancelAfter how long the task may take in all, see {@link DurationText}
     */
    public record Terms(
            @Nullable String idempotencyKey,
            @Nullable String traceparent,
            @Nullable String cancelAfter) {
        public static final Terms NONE = new Terms(null, null, null);
    }

    /** Submits what the body says for the caller; a preset that it names is filled in first. */
    public Mono<Accepted> submit(Caller caller, byte[] body, Terms terms) {
        return Mono.defer(() -> submit(caller, Bodies.object(body), terms));
    }

    /** As {@link #submit(Caller, byte[], Terms)}. */
    public Mono<Accepted> submit(Caller caller, ObjectNode body, Terms terms) {
        return presets.filledIn(caller.userId(), body)
                .map(whole -> reader.read(whole, clock.millis()))
                .flatMap(submission -> pictures.usable(caller.userId(), submission.params(), "", Json.object())
                        .map(submission::withParams))
                .flatMap(submission -> submit(caller.userId(), submission, terms));
    }

    /** Submits a task that was read before, and whose pictures are references its owner may use. */
    public Mono<Accepted> submit(String userId, Submission submission, Terms terms) {
        return Mono.defer(() -> {
            long now = clock.millis();
            Submission bounded = terms.cancelAfter() == null
                    ? submission
                    : submission.endingBy(now
                            + DurationText.parse("Cancel-After", terms.cancelAfter())
                                    .toMillis());
            String trace = trace(terms.traceparent());
            String key = terms.idempotencyKey();
            if (key == null) {
                return send(bounded.command(TaskId.at(now), userId, now, trace));
            }
            requireKey(key);
            return submitOnce(bounded, userId, key, now, trace);
        });
    }

    private static String trace(@Nullable String traceparent) {
        return traceparent != null && TRACEPARENT.matcher(traceparent).matches() ? traceparent : "";
    }

    private Mono<Accepted> submitOnce(Submission submission, String userId, String key, long now, String traceparent) {
        Optional<TaskView> earlier = IdempotentId.lately(userId, key, now).stream()
                .flatMap(id -> hub.find(id.value()).stream())
                .map(LiveView.Known::view)
                .findFirst();
        if (earlier.isPresent()) {
            requireSameBody(submission.hash(), Submission.hashOf(earlier.get()));
            return Mono.just(new Accepted(earlier.get(), true, MissingNode.getInstance()));
        }
        TaskId derived = IdempotentId.of(userId, key, now);
        KeyStore.Entry own = new KeyStore.Entry(submission.hash(), derived.value());
        return keys.remember(userId, key, own)
                .onErrorResume(failure -> {
                    LOG.warn("event=key_not_remembered task={} error={}", derived, failure.getMessage());
                    return Mono.just(new KeyStore.Kept(own, false));
                })
                .flatMap(kept -> {
                    requireSameBody(submission.hash(), kept.entry().bodyHash());
                    TaskId taskId = new TaskId(kept.entry().taskId());
                    // Sent again when nobody knows the task: the first send may have failed, and a repeat changes
                    // nothing.
                    return (kept.earlier() ? made(taskId) : Mono.<Accepted>empty())
                            .switchIfEmpty(
                                    Mono.defer(() -> send(submission.command(taskId, userId, now, traceparent))));
                });
    }

    /** The task as an earlier submit made it; empty when nobody knows it, or that cannot be said now. */
    private Mono<Accepted> made(TaskId taskId) {
        return tasks.known(taskId.value())
                .onErrorComplete(Problem.class)
                .map(found -> new Accepted(found.view(), true, MissingNode.getInstance()));
    }

    static void requireKey(String key) {
        if (!KEY.matcher(key).matches()) {
            throw Problem.invalid(
                    "Idempotency-Key", "is not a key", "Send 1 to 200 visible ASCII characters, for example a UUID.");
        }
    }

    static void requireSameBody(String ours, String earlier) {
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
        TaskView pending = Submission.pendingView(command);
        Mono<Void> sending = log.append(command).then(Mono.fromRunnable(() -> {
            hub.accepted(pending);
            LOG.info(
                    "event=task_accepted task={} type={}",
                    command.getTaskId(),
                    command.getSubmit().getType());
        }));
        // A derivative waits a moment: which phases it reuses is the orchestrator's to say.
        Mono<CommandAnswer> answer = command.getSubmit().getParentTaskId().isEmpty()
                ? sending.then(Mono.empty())
                : answers.afterSending(command.getCommandId(), sending, PATIENCE);
        return answer.map(Submit::requireAccepted)
                .defaultIfEmpty(CommandAnswer.getDefaultInstance())
                .map(said -> {
                    TaskView shown = hub.find(command.getTaskId())
                            .map(LiveView.Known::view)
                            .orElse(pending);
                    return new Accepted(shown, false, Json.lenient(said.getDetails()));
                });
    }

    private static CommandAnswer requireAccepted(CommandAnswer answer) {
        if (!answer.getAccepted()) {
            throw Commander.refusal(answer);
        }
        return answer;
    }
}
