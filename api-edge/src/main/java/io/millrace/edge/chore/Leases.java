package io.millrace.edge.chore;

import io.millrace.edge.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The table {@code edge_leases}: work that only one edge shall do at a time. */
@Component
public final class Leases {
    private final Database database;
    private final Clock clock;
    private final String holder = UUID.randomUUID().toString();

    Leases(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Takes or keeps a lease. @return whether this edge has it for so long; fails with a 503 problem while the database is down */
    public Mono<Boolean> take(String name, Duration life) {
        return database.transact(sql -> {
            Instant now = clock.instant();
            sql.sql("INSERT IGNORE INTO edge_leases (name, holder, until_at) VALUES (?, ?, ?)")
                    .params(name, holder, time(Instant.EPOCH))
                    .update();
            int taken = sql.sql("UPDATE edge_leases SET holder = ?, until_at = ?"
                            + " WHERE name = ? AND (until_at < ? OR holder = ?)")
                    .params(holder, time(now.plus(life)), name, time(now), holder)
                    .update();
            return taken == 1;
        });
    }

    private static LocalDateTime time(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
