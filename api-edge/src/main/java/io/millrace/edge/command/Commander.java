package io.millrace.edge.command;

import io.millrace.edge.access.Caller;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.TaskCommand;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Writes a command and waits a moment for what the orchestrator says to it; the edge itself decides nothing. */
@Component
public final class Commander {
    private static final Logger LOG = LoggerFactory.getLogger(Commander.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final CommandLog log;
    private final CommandAnswers answers;
    private final Clock clock;

    Commander(CommandLog log, CommandAnswers answers, Clock clock) {
        this.log = log;
        this.answers = answers;
        this.clock = clock;
    }

    /** A command with an id of its own; its body is still to be set. */
    public TaskCommand.Builder command(String verb, String taskId, String ownerId) {
        return TaskCommand.newBuilder()
                .setCommandId(verb + ":" + UUID.randomUUID())
                .setTaskId(taskId)
                .setUserId(ownerId)
                .setIssuedAtMs(clock.millis());
    }

    /**
     * Writes the command and waits two seconds.
     *
     * @return the answer, accepted or refused; empty when none came in time; fails with 503 when the command was not written
     */
    public Mono<CommandAnswer> ask(Caller caller, TaskCommand command) {
        return Mono.defer(() -> {
            LOG.info(
                    "event=command_asked command={} task={} by={}",
                    command.getBodyCase(),
                    command.getTaskId(),
                    caller.label());
            return answers.afterSending(command.getCommandId(), log.append(command), PATIENCE);
        });
    }

    /** The answer when it is an acceptance; else fails with what {@link #refusal} makes of it. */
    public Mono<CommandAnswer> accepted(Caller caller, TaskCommand command) {
        return ask(caller, command)
                .flatMap(answer -> answer.getAccepted() ? Mono.just(answer) : Mono.error(refusal(answer)));
    }

    /** What a caller is told of a refusal: 400 for a state that does not allow it, else by its code. */
    public static Problem refusal(CommandAnswer answer) {
        ErrorCode code = code(answer.getCode());
        String reason = answer.getReason().isEmpty() ? "the task does not allow this now" : answer.getReason();
        if (isBehind(answer)) {
            return Problem.unavailable(reason, ErrorCode.UNAVAILABLE);
        }
        return switch (code) {
            case NOT_FOUND -> Problem.of(HttpStatus.NOT_FOUND, code, reason, code.remedy());
            case FORBIDDEN -> Problem.of(HttpStatus.FORBIDDEN, code, reason, code.remedy());
            case UNAVAILABLE, BUSY, QUEUE_ERROR, TIMEOUT -> Problem.unavailable(reason, code);
            case INTERNAL -> Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, code, reason, code.remedy());
            case BAD_INPUT, MODEL_ERROR, EXPIRED, CANCELLED, STATE_LOST, CONFLICT ->
                Problem.of(HttpStatus.BAD_REQUEST, code, reason, code.remedy());
        };
    }

    /** Whether the orchestrator refused because the snapshot that came along is older than what it knows. */
    public static boolean isBehind(CommandAnswer answer) {
        return !answer.getAccepted() && answer.getReason().startsWith("the read model is behind");
    }

    private static ErrorCode code(String name) {
        try {
            return name.isEmpty() ? ErrorCode.CONFLICT : ErrorCode.valueOf(name);
        } catch (IllegalArgumentException e) {
            return ErrorCode.CONFLICT;
        }
    }
}
