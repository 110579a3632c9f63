package io.millrace.edge.watch;

import io.millrace.edge.live.LiveEvent;
import io.millrace.edge.live.LogRecord;
import io.millrace.edge.live.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds what a client missed: in memory, else in the log, else it says what is lost. */
@Component
final class Replay {
    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);

    private final Hub hub;
    private final ProgressHistory history;

    Replay(Hub hub, ProgressHistory history) {
        this.hub = hub;
        this.history = history;
    }

    /**
     * What was missed.
     *
     * @param events in order; empty when there is a gap
     * @param gap set when the events cannot be had
     */
    record Result(List<LiveEvent> events, @Nullable LiveEvent gap) {}

    /**
     * Events of the scope after the place up to and including the end of the opening. Never fails: what cannot be had is a gap. Without a
     * gap the opening goes on behind the place, with one behind its own end.
     */
    Mono<Result> between(Hub.Scope scope, String userId, Place after, Hub.Opening opening) {
        Place end = opening.end();
        if (after.partition() != end.partition()) {
            return Mono.just(gap(after, end, "unknown_cursor"));
        }
        if (after.after(end)) {
            return aheadOf(after, opening);
        }
        Optional<List<LiveEvent>> recent = hub.since(
                after, event -> scope.includes(event) && !event.place().after(end));
        if (recent.isPresent()) {
            return Mono.just(new Result(recent.get(), null));
        }
        if (after.offset() + 1 < hub.start(after.partition())) {
            return Mono.just(gap(after, end, "retention"));
        }
        if (end.offset() - after.offset() > ProgressHistory.MAX_RECORDS) {
            return Mono.just(gap(after, end, "too_far_back"));
        }
        return fromLog(scope, userId, after, end);
    }

    /** Another edge was ahead of this one: its events will come. Unless no log ever reached that far. */
    private Mono<Result> aheadOf(Place after, Hub.Opening opening) {
        Place end = opening.end();
        if (after.offset() == end.offset()) {
            return Mono.fromSupplier(() -> skippedTo(after, opening));
        }
        return history.end(after.partition())
                .map(next -> after.offset() < next ? skippedTo(after, opening) : gap(after, end, "unknown_cursor"))
                .onErrorResume(failure -> Mono.just(gap(after, end, "unavailable")));
    }

    private static Result skippedTo(Place after, Hub.Opening opening) {
        opening.skipTo().accept(after);
        return new Result(List.of(), null);
    }

    private Mono<Result> fromLog(Hub.Scope scope, String userId, Place after, Place end) {
        String taskId = scope instanceof Hub.Scope.OneTask one ? one.taskId() : null;
        ProgressHistory.Range range =
                new ProgressHistory.Range(after.partition(), after.offset() + 1, end.offset(), userId, taskId);
        return history.read(range)
                .map(records -> new Result(shown(scope, records, after, end), null))
                .onErrorResume(failure -> {
                    LOG.warn("event=replay_failed partition={} error={}", after.partition(), failure.toString());
                    String reason = failure instanceof ProgressHistory.Unreadable unreadable
                            ? unreadable.reason()
                            : "unavailable";
                    return Mono.just(gap(after, end, reason));
                });
    }

    /** What subscribers were told of these records, and the {@code done} events that came between. */
    private List<LiveEvent> shown(Hub.Scope scope, List<LogRecord> records, Place after, Place end) {
        List<LiveEvent> events = new ArrayList<>();
        for (LogRecord record : records) {
            if (hub.wasShown(record.place())) {
                LiveEvent.ofRecord(record).filter(scope::includes).ifPresent(events::add);
            }
        }
        hub.dones(after, end).stream().filter(scope::includes).forEach(events::add);
        events.sort(Comparator.comparingLong((LiveEvent event) -> event.place().offset())
                .thenComparingInt(event -> event.place().done()));
        return events;
    }

    private static Result gap(Place after, Place end, String reason) {
        return new Result(List.of(), LiveEvent.gap(after, end, 0, reason));
    }
}
