package io.millrace.edge.webhook;

import io.millrace.edge.Answers;
import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.body.DurationText;
import io.millrace.edge.body.Fields;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Endpoints over REST. A user has their own, at most twenty; admins see all. */
@RestController
@RequestMapping("/api/v1/webhooks")
final class WebhookController {
    private static final int MOST = 20;
    private static final int MOST_SHOWN = 1_000;
    private static final Duration OVERLAP = Duration.ofHours(24);
    private static final Duration MAX_OVERLAP = Duration.ofDays(7);

    private final WebhookRows rows;
    private final WebhookReader reader;
    private final Clock clock;

    WebhookController(WebhookRows rows, WebhookReader reader, Clock clock) {
        this.rows = rows;
        this.reader = reader;
        this.clock = clock;
    }

    /** {@code {url, event_types?, description?, secret?}}; the answer shows the secret, this once. */
    @PostMapping
    Mono<ResponseEntity<ObjectNode>> create(@RequestBody(required = false) byte @Nullable [] body) {
        return Caller.current()
                .flatMap(caller -> reader.read(body, true).flatMap(wish -> {
                    String secret = wish.secret() == null ? WebhookSecret.fresh() : wish.secret();
                    Webhook webhook = new Webhook(
                            "wh_" + UUID.randomUUID(),
                            caller.userId(),
                            Objects.requireNonNull(wish.url()),
                            wish.types() == null ? Webhook.ENDS : wish.types(),
                            orElse(wish.description(), ""),
                            Webhook.ACTIVE,
                            "",
                            new Webhook.Secrets(secret, null, null),
                            null,
                            clock.instant().truncatedTo(ChronoUnit.MILLIS));
                    return rows.create(webhook, MOST)
                            .switchIfEmpty(Mono.error(() -> Problem.conflict(
                                    "you have " + MOST + " webhooks already",
                                    "Delete one that is not needed any more.")))
                            .map(created -> ResponseEntity.created(URI.create("/api/v1/webhooks/" + created.id()))
                                    .header("Cache-Control", "no-store")
                                    .body(Answers.body(created.json().put("secret", secret))));
                }));
    }

    @GetMapping
    Mono<ResponseEntity<ObjectNode>> list() {
        return Caller.current()
                .flatMap(caller -> rows.of(caller.role() == Caller.Role.ADMIN ? null : caller.userId(), MOST_SHOWN))
                .map(found -> {
                    ObjectNode data = Json.object();
                    ArrayNode list = data.putArray("webhooks");
                    found.forEach(webhook -> list.add(webhook.json()));
                    return Answers.ok(data);
                });
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<ObjectNode>> get(@PathVariable String id) {
        return mine(id).map(webhook -> Answers.ok(webhook.json()));
    }

    /** {@code {url?, event_types?, description?, state?: active | paused}}; {@code active} also ends {@code disabled}. */
    @PutMapping("/{id}")
    Mono<ResponseEntity<ObjectNode>> update(
            @PathVariable String id, @RequestBody(required = false) byte @Nullable [] body) {
        return mine(id).flatMap(old -> reader.read(body, false).flatMap(wish -> {
            String state = orElse(wish.state(), old.state());
            Webhook webhook = new Webhook(
                    id,
                    old.userId(),
                    orElse(wish.url(), old.url()),
                    wish.types() == null ? old.types() : wish.types(),
                    orElse(wish.description(), old.description()),
                    state,
                    state.equals(old.state()) ? old.reason() : "",
                    old.secrets(),
                    state.equals(old.state()) ? old.failingSince() : null,
                    old.createdAt());
            return rows.update(webhook).map(done -> Answers.ok(webhook.json()));
        }));
    }

    @DeleteMapping("/{id}")
    Mono<ResponseEntity<ObjectNode>> delete(@PathVariable String id) {
        return mine(id).flatMap(webhook -> rows.delete(id))
                .map(deleted -> Answers.ok(Json.object().put("id", id).put("deleted", true)));
    }

    /** {@code {overlap?: "24h"}}: a new secret, shown this once; the one before signs too until the overlap is over. */
    @PostMapping("/{id}/rotate-secret")
    Mono<ResponseEntity<ObjectNode>> rotate(
            @PathVariable String id, @RequestBody(required = false) byte @Nullable [] body) {
        return mine(id).flatMap(webhook -> {
            Instant until = clock.instant().plus(overlap(body)).truncatedTo(ChronoUnit.MILLIS);
            Webhook.Secrets secrets =
                    new Webhook.Secrets(WebhookSecret.fresh(), webhook.secrets().current(), until);
            ObjectNode data = Json.object()
                    .put("id", id)
                    .put("secret", secrets.current())
                    .put("previous_until", Json.time(until.toEpochMilli()));
            return rows.rotate(id, secrets)
                    .map(done -> ResponseEntity.ok()
                            .header("Cache-Control", "no-store")
                            .body(Answers.body(data)));
        });
    }

    private static Duration overlap(byte @Nullable [] body) {
        List<FieldProblem> problems = new ArrayList<>();
        Fields fields = new Fields(Bodies.objectOrEmpty(body), "", problems);
        String text = fields.text("overlap", 1, 20);
        fields.refuseUnknown();
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
        Duration overlap = text == null ? OVERLAP : DurationText.parse("overlap", text);
        if (overlap.compareTo(MAX_OVERLAP) > 0) {
            throw Problem.invalid("overlap", "is too long", "Send at most 7d.");
        }
        return overlap;
    }

    private Mono<Webhook> mine(String id) {
        return Caller.current()
                .flatMap(caller -> rows.find(id)
                        .switchIfEmpty(Mono.error(() -> Problem.notFound("this webhook")))
                        .doOnNext(webhook -> caller.requireControl(webhook.userId(), "this webhook")));
    }

    private static String orElse(@Nullable String value, String fallback) {
        return value == null ? fallback : value;
    }
}
