package io.millrace.edge.token;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.task.ErrorCode;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Keys of another issuer (RFC 7517). They are kept for a while; a key that is not among them is asked for at once, but no sooner than
 * thirty seconds after the last answer, whatever callers send; who comes in the meantime waits for the answer that is on its way. A key
 * that its issuer took back is believed no longer than the cache lives, or, while the issuer does not answer, one hour. Until the issuer
 * has answered once nothing can be said about its tokens: that is a 503 {@link Problem}, not a wrong token.
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
    private final AtomicReference<@Nullable Mono<Known>> underWay = new AtomicReference<>();
    private volatile Known known = new Known(List.of(), Instant.EPOCH);
    /** When the last question ended, well or not. */
    private volatile Instant answered = Instant.EPOCH;

    TrustedKeys(String url, Duration life, Clock clock) {
        this.url = url;
        this.life = life;
        this.clock = clock;
    }

    /** The keys that may have signed the token; none when there is no such key. Fails with 503 while none were ever read. */
    Flux<JWK> of(SignedJWT token) {
        @Nullable String id = token.getHeader().getKeyID();
        Instant time = clock.instant();
        Known now = known;
        boolean fresh = time.isBefore(now.since().plus(life));
        boolean held = !usable(now, id, time).isEmpty();
        Mono<Known> question = underWay.get();
        if (held && (fresh || question != null)) {
            return Flux.fromIterable(usable(now, id, time));
        }
        if (question == null && time.isBefore(answered.plus(REST))) {
            return keys(id, time);
        }
        return question().then().onErrorComplete().thenMany(Flux.defer(() -> keys(id, time)));
    }

    private Flux<JWK> keys(@Nullable String id, Instant time) {
        Known now = known;
        return now.since().equals(Instant.EPOCH)
                ? Flux.error(Problem.unavailable("the issuer of this token does not answer", ErrorCode.UNAVAILABLE))
                : Flux.fromIterable(usable(now, id, time));
    }

    /** The question that is on its way, or a new one. */
    private Mono<Known> question() {
        Mono<Known> begun = Mono.defer(this::ask)
                .doOnTerminate(() -> {
                    answered = clock.instant();
                    underWay.set(null);
                })
                .cache();
        return Objects.requireNonNull(underWay.updateAndGet(other -> other == null ? begun : other));
    }

    private Mono<Known> ask() {
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
