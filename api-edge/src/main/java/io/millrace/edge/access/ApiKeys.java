package io.millrace.edge.access;

import java.util.Optional;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What the rest of the edge asks about API keys. */
@Component
public final class ApiKeys {
    /** Before the id, where a token of a key's holder shows its value: the key itself is kept nowhere. */
    static final String PREFIX = "key:";

    private final KeyRows rows;

    ApiKeys(KeyRows rows) {
        this.rows = rows;
    }

    public static boolean looksLikeOne(String token) {
        return ApiKey.looksLikeOne(token);
    }

    /** The key that these claims came from. */
    static Optional<String> idOf(Jwt jwt) {
        String value = jwt.getTokenValue();
        return value.startsWith(PREFIX) ? Optional.of(value.substring(PREFIX.length())) : Optional.empty();
    }

    /** Whether the key is known and not revoked; fails with 503 while the database is down. */
    public Mono<Boolean> active(String id) {
        return rows.active(id);
    }
}
