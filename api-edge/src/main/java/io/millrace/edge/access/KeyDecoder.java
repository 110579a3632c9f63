package io.millrace.edge.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/**
 * Takes API keys wherever a token is taken: a key becomes the claims that a token of its holder would have. A revoked key is refused after
 * thirty seconds at the latest, and streams that were opened with it end within the hour.
 */
final class KeyDecoder implements ReactiveJwtDecoder {
    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    private static final Duration LIFE = Duration.ofHours(1);
    private static final int MAX_REMEMBERED = 10_000;

    private record Known(KeyRows.Holder holder, Instant until) {}

    private final ReactiveJwtDecoder tokens;
    private final KeyRows keys;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    KeyDecoder(ReactiveJwtDecoder tokens, KeyRows keys, Clock clock) {
        this.tokens = tokens;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public Mono<Jwt> decode(String token) {
        return ApiKey.looksLikeOne(token) ? key(token) : tokens.decode(token);
    }

    private Mono<Jwt> key(String token) {
        String hash = ApiKey.hash(token);
        Instant now = clock.instant();
        Known lately = known.get(hash);
        Mono<KeyRows.Holder> holder = lately != null && now.isBefore(lately.until())
                ? Mono.just(lately.holder())
                : keys.find(hash).doOnNext(found -> remember(hash, found, now));
        return holder.map(found -> claims(found, now))
                .switchIfEmpty(Mono.error(() -> new BadJwtException("no such key")));
    }

    private void remember(String hash, KeyRows.Holder holder, Instant now) {
        if (known.size() >= MAX_REMEMBERED) {
            known.clear();
        }
        known.put(hash, new Known(holder, now.plus(REMEMBERED)));
    }

    /** The key itself is not in it. */
    private static Jwt claims(KeyRows.Holder holder, Instant now) {
        return Jwt.withTokenValue(ApiKeys.PREFIX + holder.id())
                .header("alg", "none")
                .subject(holder.userId())
                .claim("role", holder.role())
                .claim("scope", holder.scopes())
                .issuedAt(now)
                .expiresAt(now.plus(LIFE))
                .build();
    }
}
