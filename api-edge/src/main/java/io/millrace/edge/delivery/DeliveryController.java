package io.millrace.edge.delivery;

import io.millrace.edge.Answers;
import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.webhook.Webhook;
import io.millrace.edge.webhook.WebhookRows;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** What was sent to an endpoint, over REST. */
@RestController
@RequestMapping("/api/v1/webhooks/{id}")
final class DeliveryController {
    private static final int MAX_LIMIT = 200;
    private static final List<String> STATES = List.of("pending", "delivered", "failed");

    private final WebhookRows webhooks;
    private final DeliveryRows rows;
    private final Clock clock;

    DeliveryController(WebhookRows webhooks, DeliveryRows rows, Clock clock) {
        this.webhooks = webhooks;
        this.rows = rows;
        this.clock = clock;
    }

    @GetMapping("/deliveries")
    Mono<ResponseEntity<ObjectNode>> list(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        return mine(id).flatMap(webhook -> {
            if (limit < 1 || limit > MAX_LIMIT) {
                throw Problem.invalid("limit", "is out of range: " + limit, "Send 1 to " + MAX_LIMIT + ".");
            }
            if (state != null && !STATES.contains(state)) {
                throw Problem.invalid("state", "is none", "Send one of " + String.join(", ", STATES) + ".");
            }
            return rows.page(id, state, cursor == null ? null : number("cursor", cursor), limit + 1)
                    .map(found -> {
                        ObjectNode data = Json.object();
                        data.putArray("deliveries").addAll(found.subList(0, Math.min(limit, found.size())));
                        if (found.size() > limit) {
                            data.put(
                                    "next_cursor",
                                    found.get(limit - 1).path("id").asString());
                        }
                        return Answers.ok(data);
                    });
        });
    }

    /** With the body that is sent. */
    @GetMapping("/deliveries/{delivery}")
    Mono<ResponseEntity<ObjectNode>> get(@PathVariable String id, @PathVariable String delivery) {
        return mine(id).flatMap(webhook -> rows.find(id, number("delivery", delivery)))
                .switchIfEmpty(Mono.error(() -> Problem.notFound("this delivery")))
                .map(Answers::ok);
    }

    /** The same message with the same id, at once, and for another day if need be. */
    @PostMapping("/deliveries/{delivery}/redeliver")
    Mono<ResponseEntity<ObjectNode>> again(@PathVariable String id, @PathVariable String delivery) {
        return mine(id).flatMap(webhook -> {
            requireActive(webhook);
            return rows.again(id, number("delivery", delivery)).map(found -> {
                if (!found) {
                    throw Problem.notFound("this delivery");
                }
                return queued(delivery);
            });
        });
    }

    /** Sends a message of type {@code webhook.test}. */
    @PostMapping("/test")
    Mono<ResponseEntity<ObjectNode>> test(@PathVariable String id) {
        return mine(id).flatMap(webhook -> {
            requireActive(webhook);
            String message = "evt_test-" + UUID.randomUUID();
            ObjectNode body = Json.object().put("type", "webhook.test").put("timestamp", Json.time(clock.millis()));
            body.putObject("data").put("webhook_id", id);
            return rows.queue(List.of(new DeliveryRows.Queued(id, message, "webhook.test", body.toString())))
                    .thenReturn(queued(message));
        });
    }

    private static ResponseEntity<ObjectNode> queued(String id) {
        return ResponseEntity.accepted()
                .body(Answers.body(Json.object().put("id", id).put("state", "pending")));
    }

    private static void requireActive(Webhook webhook) {
        if (!webhook.active()) {
            throw Problem.conflict(
                    "this webhook is " + webhook.state(),
                    "Set its state to active with PUT /webhooks/" + webhook.id() + ".");
        }
    }

    private static long number(String name, String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw name.equals("cursor")
                    ? Problem.invalid("cursor", "is none of this list", "Send next_cursor of the page before.")
                    : Problem.notFound("this delivery");
        }
        return Long.parseLong(text);
    }

    private Mono<Webhook> mine(String id) {
        return Caller.current()
                .flatMap(caller -> webhooks.find(id)
                        .switchIfEmpty(Mono.error(() -> Problem.notFound("this webhook")))
                        .doOnNext(webhook -> caller.requireControl(webhook.userId(), "this webhook")));
    }
}
