package io.millrace.edge.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.edge.access.Caller;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.problem.ProblemWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps what people and programs do to tasks and settings. Each action is one line of the process's log at once, and a row within a second;
 * while the database is down up to ten thousand rows wait, and beyond that only the lines remain and a metric counts them.
 */
@Component
public final class AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger("audit");
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration LAST = Duration.ofSeconds(2);
    private static final int MAX_WAITING = 10_000;
    private static final int AT_ONCE = 200;

    private final AuditRows rows;
    private final Clock clock;
    private final Counter dropped;
    private final BlockingQueue<AuditEntry> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final List<AuditEntry> inHand = new ArrayList<>();
    private final Disposable writing;

    AuditLog(AuditRows rows, Clock clock, MeterRegistry meters) {
        this.rows = rows;
        this.clock = clock;
        this.dropped = meters.counter("millrace.edge.audit.dropped");
        this.writing = Flux.interval(EVERY, EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> write())
                .subscribe();
    }

    /** An action that is no HTTP request, recorded with how it ends; what it gives is unchanged. */
    public <T> Mono<T> around(Mono<T> action, String name) {
        return around(action, () -> name, name, () -> 200);
    }

    /** The action, recorded with how it ends. A caller who is nobody is not recorded: anybody could fill the table. */
    <T> Mono<T> around(Mono<T> action, Supplier<String> name, String target, IntSupplier status) {
        return action.materialize()
                .flatMap(signal -> Mono.zip(Caller.current(), Caller.keyId())
                        .doOnNext(who -> {
                            Throwable failure = signal.getThrowable();
                            Problem problem = failure == null ? null : ProblemWriter.problemOf(failure);
                            record(new AuditEntry(
                                    clock.instant(),
                                    who.getT1().label(),
                                    who.getT2().orElse("token"),
                                    name.get(),
                                    target,
                                    problem == null
                                            ? status.getAsInt()
                                            : problem.status().value(),
                                    problem == null ? "" : String.valueOf(problem.getMessage())));
                        })
                        .onErrorComplete(Problem.class)
                        .thenReturn(signal))
                .<T>dematerialize();
    }

    void record(AuditEntry entry) {
        LOG.info(
                "event=audit actor={} credential={} action=\"{}\" target={} outcome={}",
                entry.actor(),
                entry.credential(),
                entry.action(),
                entry.target(),
                entry.outcome());
        if (!waiting.offer(entry)) {
            dropped.increment();
        }
    }

    /** Writes what waits. Only one runs at a time; what could not be written stays in hand for the next. */
    private Mono<Void> write() {
        return Mono.defer(() -> {
            if (inHand.isEmpty()) {
                waiting.drainTo(inHand, AT_ONCE);
            }
            if (inHand.isEmpty()) {
                return Mono.empty();
            }
            return rows.insert(List.copyOf(inHand))
                    .doOnNext(written -> inHand.clear())
                    .then(Mono.<Void>empty())
                    .onErrorResume(failure -> Mono.empty());
        });
    }

    /** The last rows go out while the database is still there. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        writing.dispose();
        write().onErrorComplete().block(LAST);
    }
}
