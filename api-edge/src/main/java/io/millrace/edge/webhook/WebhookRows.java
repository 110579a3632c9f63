package io.millrace.edge.webhook;

import io.millrace.edge.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The table {@code webhooks}, its secrets sealed. Every call fails with a 503 problem while the database is down. */
@Component
public final class WebhookRows {
    private static final String COLUMNS = "id, user_id, url, event_types, description, state, state_reason, secret,"
            + " previous_secret, previous_secret_until, failing_since, created_at";
    private static final String OTHER_KEY =
            "its secret was sealed with another MILLRACE_SEAL_SECRET: rotate it, then set the state to active";
    private static final int MOST = 10_000;

    private final Database database;
    private final SecretSeal seal;
    private final Clock clock;

    WebhookRows(Database database, SecretSeal seal, Clock clock) {
        this.database = database;
        this.seal = seal;
        this.clock = clock;
    }

    /** All endpoints that want to be told. */
    public Mono<List<Webhook>> active() {
        return list("state = 'active'", List.of(), MOST)
                .map(all -> all.stream().filter(Webhook::active).toList());
    }

    /** Those of a user, or of everybody when null, newest first. */
    Mono<List<Webhook>> of(@Nullable String userId, int limit) {
        return userId == null ? list("1 = 1", List.of(), limit) : list("user_id = ?", List.of(userId), limit);
    }

    public Mono<Webhook> find(String id) {
        return list("id = ?", List.of(id), 1)
                .flatMap(found -> Mono.justOrEmpty(found.stream().findFirst()));
    }

    private Mono<List<Webhook>> list(String where, List<Object> values, int limit) {
        return database.call(sql -> sql.sql("SELECT " + COLUMNS + " FROM webhooks WHERE " + where
                        + " ORDER BY created_at DESC, id LIMIT " + limit)
                .params(values)
                .query((row, number) -> read(row))
                .list());
    }

    /** Adds an endpoint unless its owner has so many already; empty then. */
    Mono<Webhook> create(Webhook webhook, int most) {
        return database.<Optional<Webhook>>transact(sql -> {
                    int held = sql.sql("SELECT COUNT(*) FROM webhooks WHERE user_id = ?")
                            .params(webhook.userId())
                            .query(Integer.class)
                            .single();
                    if (held >= most) {
                        return Optional.empty();
                    }
                    sql.sql("INSERT INTO webhooks (id, user_id, url, event_types, description, state,"
                                    + " state_reason, secret, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?,"
                                    + " '', ?, ?, ?)")
                            .params(webhook.id(), webhook.userId(), webhook.url(), String.join(" ", webhook.types()))
                            .params(webhook.description(), webhook.state())
                            .param(sealed(webhook.secrets().current()))
                            .params(time(webhook.createdAt()), time(webhook.createdAt()))
                            .update();
                    return Optional.of(webhook);
                })
                .flatMap(Mono::justOrEmpty);
    }

    /** Replaces what its owner may set; an endpoint that becomes active begins with a clean slate. */
    Mono<Boolean> update(Webhook webhook) {
        return database.call(sql -> sql.sql("UPDATE webhooks SET url = ?, event_types = ?, description = ?,"
                                + " failing_since = CASE WHEN state <> 'active' AND ? = 'active' THEN NULL ELSE failing_since END, state ="
                                + " ?, state_reason = ?, updated_at = ? WHERE id = ?")
                        .params(webhook.url(), String.join(" ", webhook.types()), webhook.description())
                        .params(webhook.state(), webhook.state(), webhook.reason(), time(clock.instant()), webhook.id())
                        .update()
                == 1);
    }

    Mono<Boolean> rotate(String id, Webhook.Secrets secrets) {
        Instant until = secrets.previousUntil();
        return database.call(sql -> sql.sql("UPDATE webhooks SET secret = ?, previous_secret = ?,"
                                + " previous_secret_until = ?, updated_at = ? WHERE id = ?")
                        .param(sealed(secrets.current()))
                        .param(sealed(secrets.previous()))
                        .param(until == null ? null : time(until))
                        .params(time(clock.instant()), id)
                        .update()
                == 1);
    }

    /** Removes it and its deliveries. */
    Mono<Boolean> delete(String id) {
        return database.call(
                sql -> sql.sql("DELETE FROM webhooks WHERE id = ?").params(id).update() == 1);
    }

    private @Nullable String sealed(@Nullable String secret) {
        return secret == null ? null : seal.seal(secret);
    }

    private Webhook read(ResultSet row) throws SQLException {
        Instant created = instant(row.getObject(12, LocalDateTime.class));
        Optional<String> secret = seal.open(row.getString(8));
        String previous = row.getString(9);
        return new Webhook(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                List.of(row.getString(4).split(" ")),
                row.getString(5),
                secret.isPresent() ? row.getString(6) : Webhook.DISABLED,
                secret.isPresent() ? row.getString(7) : OTHER_KEY,
                new Webhook.Secrets(
                        secret.orElse(null),
                        previous == null ? null : seal.open(previous).orElse(null),
                        instant(row.getObject(10, LocalDateTime.class))),
                instant(row.getObject(11, LocalDateTime.class)),
                created == null ? Instant.EPOCH : created);
    }

    private static LocalDateTime time(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable LocalDateTime time) {
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }
}
