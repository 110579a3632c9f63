package io.millrace.edge.notify;

import io.millrace.edge.access.Caller;
import io.millrace.edge.body.TimeText;
import io.millrace.edge.live.Place;
import io.millrace.edge.notify.Messages.Message;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.task.TaskReader;
import io.millrace.edge.watch.Hub;
import io.millrace.edge.watch.ProgressHistory;
import io.millrace.edge.watch.Streams;
import io.millrace.schemas.task.ErrorCode;
import java.time.Clock;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Opens sessions of notifications and streams of one task's messages. */
@Component
final class Notifications {
    private final Streams streams;
    private final ProgressHistory history;
    private final TaskReader tasks;
    private final Messages messages;
    private final MessageData data;
    private final Clock clock;

    Notifications(
            Streams streams,
            ProgressHistory history,
            TaskReader tasks,
            Messages messages,
            MessageData data,
            Clock clock) {
        this.streams = streams;
        this.history = history;
        this.tasks = tasks;
        this.messages = messages;
        this.data = data;
        this.clock = clock;
    }

    /** @param since id of the last message seen, or a time; empty: from now on */
    Flux<byte[]> all(Caller caller, String since, Flux<byte[]> incoming) {
        NotificationSession session = new NotificationSession(caller, tasks, data, from -> events(caller, from), clock);
        return session.run(since, incoming);
    }

    /** The messages of one task up to its committed end. @param since id of the last message seen; empty: as the task is now */
    Flux<byte[]> ofTask(Caller caller, String taskId, String since) {
        return streams.ofTask(caller, taskId, since)
                .flatMapMany(Streams.Stream::events)
                .concatMapIterable(messages::ofTask, 1)
                .map(Message::body);
    }

    private Mono<Flux<Message>> events(Caller caller, String since) {
        return cursor(caller, since)
                .map(cursor -> streams.ofUser(caller, cursor).concatMapIterable(messages::of, 1));
    }

    private Mono<String> cursor(Caller caller, String since) {
        OptionalLong time =
                since.matches("[0-9]{10,15}") ? TimeText.bounded(Long.parseLong(since)) : TimeText.parse(since);
        if (time.isEmpty()) {
            // Then it is a cursor; whether it is one is for the stream to say.
            return Mono.just(since);
        }
        int partition = Hub.partitionOf(caller.userId());
        return history.firstSince(partition, time.getAsLong())
                .map(offset -> Place.of(partition, offset - 1, 0).text())
                .onErrorMap(failure ->
                        Problem.unavailable("the progress log does not say where that was", ErrorCode.UNAVAILABLE));
    }
}
