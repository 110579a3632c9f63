package io.millrace.edge.notify;

import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.notify.Messages.Message;
import io.millrace.edge.problem.CloseReason;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.task.TaskReader;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.node.ObjectNode;

/**
 * One client of notifications, whatever carries its messages. Nothing is buffered here beyond one message of each kind: events wait in the
 * mailbox, and what the client says is not read while it does not take the answers.
 */
final class NotificationSession {
    static final Duration HEARTBEAT = Duration.ofSeconds(30);
    private static final Duration RESEND_CHECK = Duration.ofSeconds(1);
    private static final int MAX_SUBSCRIPTIONS = 1_000;
    /** A client that says so much nonsense is broken, and will not be helped by more answers. */
    private static final int MAX_REFUSED = 100;

    private static final int MAX_SYNCS_A_MINUTE = 10;

    private final Caller caller;
    private final TaskReader tasks;
    private final MessageData data;
    private final Function<String, Mono<Flux<Message>>> events;
    private final Clock clock;
    private final Set<String> subscribed = ConcurrentHashMap.newKeySet();
    private final Unacknowledged unacknowledged = new Unacknowledged();
    /** Where to go on from; the newest wins. */
    private final Sinks.Many<Flux<Message>> sources = Sinks.many().replay().latest();

    private int refused;
    private int syncs;
    private long syncMinute;

    /** @param events opens the events after a cursor or time; fails with a problem when it is neither */
    NotificationSession(
            Caller caller,
            TaskReader tasks,
            MessageData data,
            Function<String, Mono<Flux<Message>>> events,
            Clock clock) {
        this.caller = caller;
        this.tasks = tasks;
        this.data = data;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What the client is told, for one subscriber. Ends when the client has said its last word; fails with {@code StreamClosed} when the
     * edge ends it, with a problem when it cannot begin.
     *
     * @param since where to go on from; empty: the tasks under way now, and what happens from now on
     */
    Flux<byte[]> run(String since, Flux<byte[]> incoming) {
        return events.apply(since).flatMapMany(first -> {
            sources.tryEmitNext(first);
            Flux<byte[]> told = sources.asFlux()
                    .switchMap(Function.identity())
                    .filter(this::wanted)
                    .map(this::sent);
            Flux<byte[]> answers = incoming.concatMap(this::answer, 1);
            Flux<byte[]> again = Flux.interval(RESEND_CHECK)
                    .onBackpressureDrop()
                    .concatMapIterable(tick -> unacknowledged.due(clock.millis()), 1);
            Flux<byte[]> beats = Flux.interval(HEARTBEAT).onBackpressureDrop().map(tick -> note("heartbeat"));
            // It ends with the first that ends: the client's side, or a failure of any.
            return Flux.merge(1, told.materialize(), answers.materialize(), again.materialize(), beats.materialize())
                    .<byte[]>dematerialize();
        });
    }

    private boolean wanted(Message message) {
        return subscribed.isEmpty() || message.taskId().isEmpty() || subscribed.contains(message.taskId());
    }

    private byte[] sent(Message message) {
        if (message.mustArrive()) {
            unacknowledged.sent(message, clock.millis());
        }
        return message.body();
    }

    private Flux<byte[]> answer(byte[] text) {
        return Flux.defer(() -> answered(ClientMessage.parse(text)))
                .onErrorResume(Problem.class, problem -> refusal(problem));
    }

    private Flux<byte[]> answered(ClientMessage said) {
        if (said instanceof ClientMessage.Ping) {
            return Flux.just(note("pong"));
        }
        if (said instanceof ClientMessage.Subscribe one) {
            return subscribe(one.taskId());
        }
        if (said instanceof ClientMessage.Unsubscribe one) {
            subscribed.remove(one.taskId());
            return Flux.just(note("unsubscribed", "task_id", one.taskId()));
        }
        if (said instanceof ClientMessage.Ack ack) {
            unacknowledged.acknowledged(ack.messageId());
            return Flux.empty();
        }
        return sync(((ClientMessage.Sync) said).since());
    }

    /** Answers with the task as it is now. */
    private Flux<byte[]> subscribe(String taskId) {
        if (subscribed.size() >= MAX_SUBSCRIPTIONS) {
            throw Problem.invalid(
                    "task_id",
                    "is one too many: a socket has at most " + MAX_SUBSCRIPTIONS + " subscriptions",
                    "Unsubscribe from others, or from all to be told of every task.");
        }
        caller.reach().requireTask(taskId);
        return tasks.find(caller, taskId).flatMapIterable(found -> {
            subscribed.add(taskId);
            ObjectNode now = Json.object().put("type", "task_update").put("task_id", taskId);
            now.put("timestamp", Json.time(clock.millis()));
            now.set("data", data.of(found.view()));
            return List.of(note("subscribed", "task_id", taskId), Json.bytes(now));
        });
    }

    private Flux<byte[]> sync(String since) {
        long minute = clock.millis() / 60_000;
        syncs = minute == syncMinute ? syncs + 1 : 1;
        syncMinute = minute;
        if (syncs > MAX_SYNCS_A_MINUTE) {
            throw Problem.invalid(
                    "type",
                    "sync was sent more than " + MAX_SYNCS_A_MINUTE + " times within a minute",
                    "Sync once after a reconnect; everything after it comes by itself.");
        }
        return events.apply(since).flatMapIterable(source -> {
            sources.tryEmitNext(source);
            return List.of(note("synced", "since", since));
        });
    }

    private Flux<byte[]> refusal(Problem problem) {
        refused++;
        if (refused > MAX_REFUSED) {
            return Flux.error(CloseReason.BAD_MESSAGES.failure());
        }
        ObjectNode body = Json.object().put("type", "refused").put("timestamp", Json.time(clock.millis()));
        body.set("data", problem.json());
        return Flux.just(Json.bytes(body));
    }

    private byte[] note(String type) {
        return note(type, null, "");
    }

    private byte[] note(String type, @Nullable String name, String value) {
        ObjectNode body = Json.object().put("type", type).put("timestamp", Json.time(clock.millis()));
        if (name != null) {
            body.put(name, value);
        }
        return Json.bytes(body);
    }
}
