package io.millrace.edge.watch;

import io.millrace.edge.Answers;
import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.live.LiveEvent;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.problem.RSocketProblems;
import io.millrace.edge.submit.Submit;
import io.millrace.edge.task.TaskJson;
import io.millrace.edge.task.TaskReader;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The same over RSocket, on TCP and WebSocket. Payloads are JSON; an error carries the problem document as its message. */
@Controller
final class RSocketController {
    private final Submit submit;
    private final TaskReader tasks;
    private final Streams streams;
    private final CampaignStreams campaigns;
    private final EventEncoder encoder;
    private final TaskJson json;

    RSocketController(
            Submit submit,
            TaskReader tasks,
            Streams streams,
            CampaignStreams campaigns,
            EventEncoder encoder,
            TaskJson json) {
        this.submit = submit;
        this.tasks = tasks;
        this.streams = streams;
        this.campaigns = campaigns;
        this.encoder = encoder;
        this.json = json;
    }

    /** Body as of {@code POST /tasks}, beside it {@code idempotency_key}. */
    @MessageMapping("tasks.submit")
    Mono<byte[]> submit(@Payload byte[] payload) {
        return Caller.current()
                .flatMap(caller -> {
                    ObjectNode body = object(payload);
                    JsonNode key = body.remove("idempotency_key");
                    byte[] rest = key == null ? payload : Json.bytes(body);
                    return submit.submit(
                            caller, rest, new Submit.Terms(key == null ? null : key.asString(""), null, null));
                })
                .map(accepted -> Json.bytes(Answers.body(json.task(accepted.view()))))
                .onErrorMap(RSocketProblems::of);
    }

    @MessageMapping("tasks.{id}.status")
    Mono<byte[]> status(@DestinationVariable String id) {
        return Caller.current()
                .flatMap(caller -> tasks.find(caller, id))
                .map(found -> Json.bytes(Answers.body(json.status(found))))
                .onErrorMap(RSocketProblems::of);
    }

    /** Payload empty, or {@code {"cursor": "..."}}. */
    @MessageMapping("tasks.{id}.progress")
    Flux<byte[]> progress(@DestinationVariable String id, @Payload(required = false) byte @Nullable [] payload) {
        return Caller.current()
                .flatMap(caller -> streams.ofTask(caller, id, cursor(payload)))
                .flatMapMany(stream -> told(stream.events()))
                .onErrorMap(RSocketProblems::of);
    }

    /** One campaign; payload as above. */
    @MessageMapping("campaigns.{id}.progress")
    Flux<byte[]> campaign(@DestinationVariable String id, @Payload(required = false) byte @Nullable [] payload) {
        return Caller.current()
                .flatMap(caller -> campaigns.of(caller, id, cursor(payload)))
                .flatMapMany(stream -> told(stream.events()))
                .onErrorMap(RSocketProblems::of);
    }

    /** All tasks of the caller; payload as above. */
    @MessageMapping("tasks.progress")
    Flux<byte[]> mine(@Payload(required = false) byte @Nullable [] payload) {
        return Caller.current()
                .flatMapMany(caller -> told(streams.ofUser(caller, cursor(payload))))
                .onErrorMap(RSocketProblems::of);
    }

    private Flux<byte[]> told(Flux<LiveEvent> events) {
        return RSocketHandover.later(
                events.map(event -> event.body(encoder::encode)).onErrorMap(RSocketProblems::of));
    }

    private static @Nullable String cursor(byte @Nullable [] payload) {
        if (payload == null || payload.length == 0) {
            return null;
        }
        JsonNode cursor = object(payload).path("cursor");
        return cursor.isMissingNode() || cursor.isNull() ? null : cursor.asString("?");
    }

    private static ObjectNode object(byte[] payload) {
        try {
            if (Json.REQUESTS.readTree(payload) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            // Falls through to the one complaint for both kinds of wrong.
        }
        throw Problem.invalid("", "is not a JSON object", "Send one JSON object, UTF-8.");
    }
}
