package io.millrace.edge.command;

import io.millrace.schemas.v1.CommandAnswer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Brings the orchestrator's answers to those who wait for them. */
@Component
public final class CommandAnswers {
    private final ConcurrentHashMap<String, Sinks.One<CommandAnswer>> waiting = new ConcurrentHashMap<>();

    /** Hands an answer over; one that nobody waits for is dropped. */
    public void arrived(CommandAnswer answer) {
        Sinks.One<CommandAnswer> sink = waiting.get(answer.getCommandId());
        if (sink != null) {
            sink.tryEmitValue(answer);
        }
    }

    /**
     * Sends a command and waits for its answer.
     *
     * @return the answer; empty when none came in time
     */
    public Mono<CommandAnswer> afterSending(String commandId, Mono<Void> sending, Duration patience) {
        return Mono.using(
                () -> waiting.computeIfAbsent(commandId, id -> Sinks.one()),
                sink -> sending.then(
                        sink.asMono().publishOn(Schedulers.parallel()).timeout(patience, Mono.empty())),
                sink -> waiting.remove(commandId, sink));
    }
}
