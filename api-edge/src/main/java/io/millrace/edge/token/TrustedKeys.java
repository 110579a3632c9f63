package io.millrace.edge.token;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Keys of another issuer (RFC 7517). They are kept for a while; a key that is not among them is asked for at once, but at most every
 * thirty seconds whatever callers send. A key that its issuer took back is believed no longer than the cache lives, or, while the issuer
 * does not answer, one hour.
 */
final class TrustedKeys {
    private static final Logger LOG = LoggerFactory.getLogger(TrustedKeys.class);
    private static final Duration REST = Duration.ofSeconds(30);
    private static final Duration STALE = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 256 * 1024;

    private record Known(List<JWK> keys, Instant since) {}

    private final String url;
    private final Duration life;
    private final Clock clock;
    private final HttpClient http = HttpClient.create().responseTimeout(PATIENCE);
    private final Mono<Known> shared;
    private volatile Known known = new Known(List.of(), Instant.EPOCH);
    private volatile Instant asked = Instant.EPOCH;

    TrustedKeys(String url, Duration life, Clock clock) {
        this.url = url;
        this.life = life;
        this.clock = clock;
        // Callers who come while it is being asked share one question.
        this.shared =
                Mono.defer(this::ask).cache(found -> Duration.ZERO, failure -> Duration.ZERO, () -> Duration.ZERO);
    }

    /** The keys that may have signed the token; none when there is no such key. */
    Flux<JWK> of(SignedJWT token) {
        @Nullable String id = token.getHeader().getKeyID();
        Known now = known;
        Instant time = clock.instant();
        boolean fresh = time.isBefore(now.since().plus(life));
        boolean held = !matching(now, id).isEmpty();
        if (fresh && held || time.isBefore(asked.plus(REST))) {
            return Flux.fromIterable(usable(now, id, time));
        }
        return shared.onErrorReturn(now).flatMapIterable(found -> usable(found, id, time));
    }

    private Mono<Known> ask() {
        asked = clock.instant();
        return http.get()
                .uri(url)
                .responseSingle((response, body) -> response.status().code() == 200
                        ? body.asByteArray()
                        : Mono.error(new IllegalStateException("status " + response.status())))
                .timeout(PATIENCE)
                .map(TrustedKeys::parse)
                .map(keys -> {
                    known = new Known(keys, clock.instant());
                    return known;
                })
                .doOnError(failure -> LOG.warn("event=jwks_failed url={} error={}", url, failure.toString()));
    }

    private static List<JWK> parse(byte[] body) {
        if (body.length > MAX_BYTES) {
            throw new IllegalStateException("the key set has " + body.length + " bytes");
        }
        try {
            return JWKSet.parse(new String(body, java.nio.charset.StandardCharsets.UTF_8))
                    .getKeys();
        } catch (ParseException e) {
            throw new IllegalStateException("no key set", e);
        }
    }

    private static List<JWK> usable(Known now, @Nullable String id, Instant time) {
        return time.isBefore(now.since().plus(STALE)) ? matching(now, id) : List.of();
    }

    private static List<JWK> matching(Known now, @Nullable String id) {
        return now.keys().stream()
                .filter(key -> id == null || id.equals(key.getKeyID()))
                .toList();
    }
}
