package io.millrace.edge.delivery;

import io.millrace.edge.database.Database;
import io.millrace.edge.database.RowJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** The table {@code webhook_deliveries}. Every call fails with a 503 problem while the database is down. */
@Component
final class DeliveryRows {
    private static final Duration CLAIM = Duration.ofMinutes(1);
    private static final int MAX_ENDPOINTS = 64;
    private static final String SHOWN =
            "id, message_id, event_type, state, attempts, history, last_status, last_error, next_at, created_at,"
                    + " done_at";

    private final Database database;
    private final Clock clock;

    DeliveryRows(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A message that shall be sent. */
    record Queued(String webhookId, String messageId, String type, String body) {}

    /** Queues them all or none; one that is there already stays as it is. */
    Mono<Integer> queue(List<Queued> messages) {
        return database.transact(sql -> {
            LocalDateTime now = now();
            for (Queued message : messages) {
                sql.sql("INSERT INTO webhook_deliveries (webhook_id, message_id, event_type, body, state,"
                                + " history, first_at, next_at, created_at) VALUES (?, ?, ?, ?, 'pending', '[]',"
                                + " ?, ?, ?) ON DUPLICATE KEY UPDATE message_id = message_id")
                        .params(message.webhookId(), message.messageId(), message.type(), message.body())
                        .params(now, now, now)
                        .update();
            }
            return messages.size();
        });
    }

    /** An endpoint that has something due. */
    record Due(String webhookId, String userId) {}

    /** Some of them, each time others: those whose user has no place left must not hide the rest. */
    Mono<List<Due>> due() {
        return database.call(sql -> sql.sql("SELECT d.webhook_id, w.user_id FROM webhook_deliveries d JOIN webhooks w"
                        + " ON w.id = d.webhook_id WHERE w.state = 'active' AND d.state = 'pending' AND d.next_at <= ?"
                        + " AND (d.claimed_until IS NULL OR d.claimed_until < ?) GROUP BY d.webhook_id, w.user_id"
                        + " ORDER BY RAND() LIMIT " + MAX_ENDPOINTS)
                .params(now(), now())
                .query((row, number) -> new Due(row.getString(1), row.getString(2)))
                .list());
    }

    /** Takes due messages of one endpoint, the oldest first: no other edge gets them for a minute. */
    Mono<List<Delivery>> claim(String webhookId, int most) {
        String claim = UUID.randomUUID().toString();
        return database.transact(sql -> {
            LocalDateTime now = now();
            int taken = sql.sql(
                            "UPDATE webhook_deliveries SET claimed_by = ?, claimed_until = ? WHERE webhook_id = ? AND"
                                    + " state = 'pending' AND next_at <= ? AND (claimed_until IS NULL OR claimed_until <"
                                    + " ?) ORDER BY next_at, id LIMIT " + most)
                    .params(claim, now.plus(CLAIM), webhookId, now, now)
                    .update();
            return taken == 0 ? List.of() : claimed(sql, webhookId, claim);
        });
    }

    private static List<Delivery> claimed(JdbcClient sql, String webhookId, String claim) {
        return sql.sql("SELECT id, message_id, body, attempts, first_at, history FROM webhook_deliveries"
                        + " WHERE webhook_id = ? AND claimed_by = ? AND state = 'pending' ORDER BY next_at, id")
                .params(webhookId, claim)
                .query((row, number) -> new Delivery(
                        row.getLong(1),
                        webhookId,
                        row.getString(2),
                        row.getString(3),
                        claim,
                        row.getInt(4),
                        row.getObject(5, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                        row.getString(6)))
                .list();
    }

    /**
     * Writes down what came of an attempt.
     *
     * @param next when it is tried again; null: never
     * @param disableAfter an endpoint that has failed for so long is disabled
     */
    Mono<Boolean> finish(
            Delivery delivery,
            Delivery.Outcome outcome,
            String history,
            @Nullable Instant next,
            Duration disableAfter) {
        String state = "pending";
        if (next == null) {
            state = outcome.taken() ? "delivered" : "failed";
        }
        String then = state;
        return database.transact(sql -> {
            int changed = sql.sql("UPDATE webhook_deliveries SET state = ?, attempts = ?, history = ?, last_status = ?,"
                            + " last_error = ?, next_at = ?, done_at = ?, claimed_by = NULL, claimed_until = NULL"
                            + " WHERE id = ? AND claimed_by = ?")
                    .params(then, delivery.attempts() + 1, history, outcome.status())
                    .params(outcome.error(), next == null ? now() : time(next))
                    .param(next == null ? now() : null)
                    .params(delivery.id(), delivery.claim())
                    .update();
            noteHealth(sql, delivery.webhookId(), outcome, disableAfter);
            return changed == 1;
        });
    }

    private void noteHealth(JdbcClient sql, String webhookId, Delivery.Outcome outcome, Duration disableAfter) {
        if (outcome.taken()) {
            sql.sql("UPDATE webhooks SET failing_since = NULL WHERE id = ? AND failing_since IS NOT NULL")
                    .params(webhookId)
                    .update();
            return;
        }
        LocalDateTime now = now();
        sql.sql("UPDATE webhooks SET failing_since = COALESCE(failing_since, ?) WHERE id = ?")
                .params(now, webhookId)
                .update();
        String reason = outcome.gone()
                ? "the endpoint answered 410: it is gone"
                : "every message failed since then; the last time: " + outcome.error();
        sql.sql("UPDATE webhooks SET state = 'disabled', state_reason = ?, updated_at = ? WHERE id = ? AND"
                        + " state = 'active' AND (? OR failing_since < ?)")
                .params(reason, now, webhookId, outcome.gone(), now.minus(disableAfter))
                .update();
    }

    /** Deliveries of an endpoint, newest first. */
    Mono<List<ObjectNode>> page(String webhookId, @Nullable String state, @Nullable Long before, int limit) {
        List<Object> values = new ArrayList<>(List.of(webhookId));
        String where = " WHERE webhook_id = ?";
        if (state != null) {
            where += " AND state = ?";
            values.add(state);
        }
        if (before != null) {
            where += " AND id < ?";
            values.add(before);
        }
        String query = "SELECT " + SHOWN + " FROM webhook_deliveries" + where + " ORDER BY id DESC LIMIT " + limit;
        return database.call(sql -> sql.sql(query)
                .params(values)
                .query((row, number) -> RowJson.of(row))
                .list());
    }

    /** One delivery with its body; empty when there is none. */
    Mono<ObjectNode> find(String webhookId, long id) {
        return database.<List<ObjectNode>>call(sql -> sql.sql(
                                "SELECT " + SHOWN + ", body FROM webhook_deliveries WHERE webhook_id = ? AND id = ?")
                        .params(webhookId, id)
                        .query((row, number) -> RowJson.of(row))
                        .list())
                .flatMap(found -> Mono.justOrEmpty(found.stream().findFirst()));
    }

    /** Sends it again, now and for another day. @return whether there is such a delivery */
    Mono<Boolean> again(String webhookId, long id) {
        return database.call(
                sql -> sql.sql("UPDATE webhook_deliveries SET state = 'pending', attempts = 0, first_at = ?,"
                                        + " next_at = ?, done_at = NULL, claimed_by = NULL, claimed_until = NULL"
                                        + " WHERE webhook_id = ? AND id = ?")
                                .params(now(), now(), webhookId, id)
                                .update()
                        == 1);
    }

    /** Forgets what ended long ago, some at a time. */
    Mono<Integer> sweep(Duration kept) {
        return database.call(
                sql -> sql.sql("DELETE FROM webhook_deliveries WHERE created_at < ? AND state <> 'pending' LIMIT 1000")
                        .params(now().minus(kept))
                        .update());
    }

    private LocalDateTime now() {
        return time(clock.instant());
    }

    private static LocalDateTime time(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
