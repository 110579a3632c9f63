package io.millrace.edge.watch;

import io.millrace.edge.access.Caller;
import io.millrace.edge.live.LiveEvent;
import io.millrace.edge.live.LiveView;
import io.millrace.edge.live.Place;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.problem.CloseReason;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.task.TaskReader;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Opens streams. The subscription is taken first, then what lies between the cursor and its beginning is replayed, then the live
 * events follow: nothing falls between, nothing comes twice.
 */
@Component
public final class Streams {
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Hub hub;
    private final TaskReader tasks;
    private final Replay replay;
    private final Clock clock;

    Streams(Hub hub, TaskReader tasks, Replay replay, Clock clock) {
        this.hub = hub;
        this.tasks = tasks;
        this.replay = replay;
        this.clock = clock;
    }

    /**
     * A stream that may be read.
     *
     * @param over the cursor stands behind the {@code done} of the task: there is nothing more to come
     * @param events to be subscribed once
     */
    public record Stream(boolean over, Flux<LiveEvent> events) {}

    /** The stream of one task; fails with 403, 404 or 503 before it begins, 400 when the cursor is none. */
    public Mono<Stream> ofTask(Caller caller, String taskId, @Nullable String cursor) {
        return Mono.defer(() -> {
            caller.reach().requireTask(taskId);
            Place after = place(cursor);
            return tasks.find(caller, taskId).map(found -> stream(caller, found, after));
        });
    }

    /** The stream of all the caller's tasks. It ends when the token does. @throws Problem at once, 403 or 400 when the cursor is none */
    public Flux<LiveEvent> ofUser(Caller caller, @Nullable String cursor) {
        caller.reach().requireTask("");
        Place after = place(cursor);
        Hub.Scope scope = new Hub.Scope.AllOfUser(caller.userId());
        int partition = Hub.partitionOf(caller.userId());
        return Flux.defer(() -> until(caller, opened(scope, partition, opening -> userEvents(scope, opening, after))));
    }

    private Stream stream(Caller caller, TaskReader.Found found, @Nullable Place after) {
        TaskView view = found.view();
        int partition =
                found.live().map(known -> known.place().partition()).orElseGet(() -> Hub.partitionOf(view.userId()));
        boolean over = after != null
                && after.done() > 0
                && view.ended()
                && found.live()
                        .map(known -> known.place().partition() == after.partition()
                                && !known.place().after(after))
                        .orElse(true);
        if (over) {
            return new Stream(true, Flux.empty());
        }
        Hub.Scope scope = new Hub.Scope.OneTask(view.taskId());
        Flux<LiveEvent> events = opened(scope, partition, opening -> taskEvents(scope, opening, view, after));
        return new Stream(false, until(caller, events.takeUntil(LiveEvent::isLast)));
    }

    /** Opened streams are many and last for hours: of the opening only what is live and what closes it is kept behind the beginning. */
    Flux<LiveEvent> opened(Hub.Scope scope, int partition, Function<Hub.Opening, Flux<LiveEvent>> beginning) {
        return Flux.defer(() -> {
            Hub.Opening opening = hub.open(scope, partition);
            return Flux.using(
                    opening::close,
                    close -> once(() -> beginning.apply(opening)).concatWith(opening.live()),
                    Runnable::run);
        });
    }

    /** What is made for its only subscriber; whoever holds on to it afterwards holds nothing. */
    private static Flux<LiveEvent> once(Supplier<Flux<LiveEvent>> events) {
        AtomicReference<Supplier<Flux<LiveEvent>>> left = new AtomicReference<>(events);
        return Flux.defer(() -> left.getAndSet(Flux::empty).get());
    }

    /** What comes before the live events of a task. */
    private Flux<LiveEvent> taskEvents(Hub.Scope scope, Hub.Opening opening, TaskView found, @Nullable Place after) {
        if (after == null) {
            return Flux.fromIterable(beginning(opening, found));
        }
        return replay.between(scope, found.userId(), after, opening).flatMapMany(result -> {
            List<LiveEvent> events = new ArrayList<>(result.events());
            events.removeIf(event -> event.content() instanceof LiveEvent.Committed);
            if (result.gap() != null) {
                List<LiveEvent> beginning = beginning(opening, found);
                events.clear();
                // Its place is that of the snapshot: a client cut off between the two gets the snapshot's successors.
                events.add(gapUpTo(result.gap(), beginning.get(0).place()));
                events.addAll(beginning);
            } else {
                done(opening, found).ifPresent(events::add);
            }
            return Flux.fromIterable(events);
        });
    }

    private static LiveEvent gapUpTo(LiveEvent gap, Place place) {
        LiveEvent.Skipped skipped = (LiveEvent.Skipped) gap.content();
        return LiveEvent.gap(skipped.from(), place, skipped.skipped(), skipped.reason());
    }

    /** Snapshot; if the task has ended also its end, and if that is committed also {@code done}. */
    private static List<LiveEvent> beginning(Hub.Opening opening, TaskView found) {
        Optional<LiveView.Known> known = opening.known();
        TaskView view = begun(opening).map(LiveView.Known::view).orElse(found);
        Place end = new Place(opening.end().cursor(), 0);
        Place at = known.map(LiveView.Known::place).orElse(end);
        List<LiveEvent> events = new ArrayList<>();
        LiveEvent moved = known.map(LiveView.Known::lastMovement).orElse(null);
        // A snapshot of an ended task stands before the end, so that a client cut off behind it still gets the end.
        Place running = moved == null ? at : moved.place();
        Place shownAt = view.ended() && known.isPresent() ? at.before() : running;
        events.add(new LiveEvent(shownAt, view.taskId(), view.userId(), new LiveEvent.TaskShown(view, moved)));
        if (view.ended()) {
            events.add(LiveEvent.ofStep(at, view));
        }
        done(opening, found).ifPresent(events::add);
        return events;
    }

    /** What the live view knows of the task by its steps: of one that was only accepted, perhaps again, the row may know more. */
    private static Optional<LiveView.Known> begun(Hub.Opening opening) {
        return opening.known().filter(live -> live.view().number() > 0);
    }

    /** {@code done}, when the end is committed already: rows of ended tasks come from committed events. */
    private static Optional<LiveEvent> done(Hub.Opening opening, TaskView found) {
        Optional<LiveView.Known> known = begun(opening);
        boolean committed = known.map(LiveView.Known::committed).orElse(found.ended());
        if (!committed) {
            return Optional.empty();
        }
        TaskView view = known.map(LiveView.Known::view).orElse(found);
        Place end = opening.end();
        Place place = new Place(end.cursor(), Math.max(1, end.done()));
        return Optional.of(new LiveEvent(place, view.taskId(), view.userId(), new LiveEvent.Committed(view)));
    }

    private Flux<LiveEvent> userEvents(Hub.Scope scope, Hub.Opening opening, @Nullable Place after) {
        LiveEvent snapshot = new LiveEvent(opening.end(), "", "", new LiveEvent.TasksShown(opening.tasks()));
        if (after == null) {
            return Flux.just(snapshot);
        }
        String userId = ((Hub.Scope.AllOfUser) scope).userId();
        return replay.between(scope, userId, after, opening)
                .flatMapMany(result ->
                        result.gap() == null ? Flux.fromIterable(result.events()) : Flux.just(result.gap(), snapshot));
    }

    /** A stream does not outlive the token it was opened with: it fails with the reason. */
    Flux<LiveEvent> until(Caller caller, Flux<LiveEvent> events) {
        Duration left = Duration.between(clock.instant(), caller.until());
        boolean tokenFirst = left.compareTo(LONGEST) <= 0;
        Duration life = tokenFirst ? left : LONGEST;
        CloseReason reason = tokenFirst ? CloseReason.TOKEN_EXPIRED : CloseReason.STREAM_TOO_LONG;
        return events.takeUntilOther(
                Mono.delay(life.isNegative() ? Duration.ZERO : life).then(Mono.error(reason::failure)));
    }

    static @Nullable Place place(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            return Place.parse(cursor);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(
                    "cursor", "is not a cursor of a stream", "Send the id of the last event, or none to begin anew.");
        }
    }
}
