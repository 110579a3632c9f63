package io.millrace.edge.audit;

import io.millrace.edge.Answers;
import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.body.TimeText;
import io.millrace.edge.problem.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** The audit log over REST, for admins. */
@RestController
final class AuditController {
    private static final int MAX_LIMIT = 500;

    private final AuditRows rows;

    AuditController(AuditRows rows) {
        this.rows = rows;
    }

    /** Newest first; {@code contains} is looked for in action and target. */
    @GetMapping("/api/v1/admin/audit-log")
    Mono<ResponseEntity<ObjectNode>> find(
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String contains,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit) {
        return Caller.current().flatMap(caller -> {
            caller.requireAdmin();
            if (limit < 1 || limit > MAX_LIMIT) {
                throw Problem.invalid("limit", "is out of range: " + limit, "Send 1 to " + MAX_LIMIT + ".");
            }
            AuditRows.Search search = new AuditRows.Search(actor, contains, time(since), id(cursor));
            return rows.find(search, limit + 1).map(found -> {
                ObjectNode data = Json.object();
                data.putArray("entries").addAll(found.subList(0, Math.min(limit, found.size())));
                if (found.size() > limit) {
                    data.put("next_cursor", found.get(limit - 1).path("id").asString());
                }
                return Answers.ok(data);
            });
        });
    }

    private static @Nullable Instant time(@Nullable String since) {
        if (since == null) {
            return null;
        }
        return Instant.ofEpochMilli(TimeText.parse(since)
                .orElseThrow(() -> Problem.invalid("since", "is no time", "Send RFC 3339, as 2026-01-31T12:00:00Z.")));
    }

    private static @Nullable Long id(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        if (!cursor.matches("[0-9]{1,18}")) {
            throw Problem.invalid("cursor", "is none of this list", "Send next_cursor of the page before.");
        }
        return Long.valueOf(cursor);
    }
}
