package io.millrace.edge.access;

import io.millrace.edge.Answers;
import io.millrace.edge.Json;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.body.Fields;
import io.millrace.edge.page.PageCursor;
import io.millrace.edge.page.Query;
import io.millrace.edge.page.Selection;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** API keys over REST, for admins. */
@RestController
@RequestMapping("/api/v1/auth/keys")
final class KeyController {
    private static final Logger LOG = LoggerFactory.getLogger(KeyController.class);

    private final KeyRows keys;

    KeyController(KeyRows keys) {
        this.keys = keys;
    }

    /** {@code {user_id, role?, scopes?, name?}}; the answer shows the key, this once. */
    @PostMapping
    Mono<ResponseEntity<ObjectNode>> create(@RequestBody(required = false) byte @Nullable [] body) {
        return Caller.current().flatMap(caller -> {
            caller.requireAdmin();
            List<FieldProblem> problems = new ArrayList<>();
            Fields fields = new Fields(Bodies.object(Bodies.orEmpty(body)), "", problems);
            String user = fields.text("user_id", 1, 128);
            String role = fields.oneOf("role", List.of("user", "service", "admin"));
            String scopes = fields.oneOf("scopes", List.of("read", "read write"));
            String name = fields.text("name", 0, 200);
            fields.refuseUnknown();
            if (user == null && problems.isEmpty()) {
                fields.complain("user_id", "is missing", "Name the user the key acts as.");
            }
            if (user == null || !problems.isEmpty()) {
                throw Problem.invalid(problems);
            }
            KeyRows.Holder holder = new KeyRows.Holder(
                    "key_" + UUID.randomUUID(), user, orElse(role, "user"), orElse(scopes, "read write"));
            String key = ApiKey.fresh();
            return keys.create(holder, ApiKey.hash(key), orElse(name, ""), caller.label())
                    .map(created -> answer(created, key, caller));
        });
    }

    private static ResponseEntity<ObjectNode> answer(KeyRows.Holder holder, String key, Caller caller) {
        LOG.info(
                "event=key_created key={} user={} role={} by={}",
                holder.id(),
                holder.userId(),
                holder.role(),
                caller.label());
        ObjectNode data = Json.object()
                .put("id", holder.id())
                .put("key", key)
                .put("user_id", holder.userId())
                .put("role", holder.role())
                .put("scopes", holder.scopes());
        return ResponseEntity.status(HttpStatus.CREATED)
                .header("Cache-Control", "no-store")
                .body(Answers.body(data));
    }

    /** Who holds keys, newest first, those revoked included: {@code {keys: [], next_cursor}}. */
    @GetMapping
    Mono<ResponseEntity<ObjectNode>> list(@RequestParam MultiValueMap<String, String> parameters) {
        return Caller.current().flatMap(caller -> {
            caller.requireAdmin();
            Query query = Query.of(parameters, "limit", "cursor");
            int limit = query.limit();
            PageCursor below = query.cursor();
            query.requireValid();
            return keys.page(below, limit).map(rows -> Answers.ok(Selection.answer("keys", rows, limit, "id")));
        });
    }

    @DeleteMapping("/{id}")
    Mono<ResponseEntity<ObjectNode>> revoke(@PathVariable String id) {
        return Caller.current().flatMap(caller -> {
            caller.requireAdmin();
            return keys.revoke(id).map(revoked -> {
                if (!revoked) {
                    throw Problem.notFound("this key");
                }
                LOG.info("event=key_revoked key={} by={}", id, caller.label());
                return Answers.ok(Json.object().put("id", id).put("revoked", true));
            });
        });
    }

    private static String orElse(@Nullable String value, String fallback) {
        return value == null ? fallback : value;
    }
}
