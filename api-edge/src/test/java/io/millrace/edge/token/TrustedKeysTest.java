package io.millrace.edge.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.millrace.edge.access.AccessSettings;
import io.millrace.edge.problem.Problem;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

class TrustedKeysTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String ISSUER = "https://login.example";
    private static RSAKey first;
    private static RSAKey second;

    private final AtomicReference<List<RSAKey>> served = new AtomicReference<>(List.of());
    /** The issuer answers once this has completed. */
    private final AtomicReference<Mono<Void>> gate = new AtomicReference<>(Mono.empty());

    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private DisposableServer server;
    private TokenDecoder decoder;

    @BeforeAll
    static void keys() throws Exception {
        first = new RSAKeyGenerator(2048).keyID("first").generate();
        second = new RSAKeyGenerator(2048).keyID("second").generate();
    }

    @BeforeEach
    void start() {
        server = HttpServer.create()
                .bindAddress(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .handle((request, response) -> {
                    questions.incrementAndGet();
                    List<RSAKey> keys = Objects.requireNonNull(served.get());
                    return keys.isEmpty()
                            ? Mono.from(Objects.requireNonNull(gate.get()))
                                    .then(response.status(503).send())
                            : Mono.from(Objects.requireNonNull(gate.get()))
                                    .then(Mono.from(
                                            response.sendString(Mono.just(new JWKSet(List.copyOf(keys)).toString()))));
                })
                .bindNow();
        TokenSettings settings = new TokenSettings(
                List.of(),
                "http://127.0.0.1:" + server.port(),
                ISSUER,
                "millrace",
                "RS256",
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                Duration.ofHours(12));
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Objects.requireNonNull(now.get());
            }
        };
        decoder = new TokenDecoder(new AccessSettings(SECRET, SECRET, Duration.ofHours(1), ""), settings, clock);
    }

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    @Test
    void keysAreKeptAndNewOnesAreFoundAtOnceButNotAtEveryCallersWish() throws Exception {
        served.set(List.of(first));
        assertThat(decode(token(first, ISSUER, "millrace")).getSubject()).isEqualTo("alice");
        assertThat(decode(token(first, ISSUER, "millrace")).getSubject()).isEqualTo("alice");
        assertThat(questions).hasValue(1);

        served.set(List.of(first, second));
        assertThatThrownBy(() -> decode(token(second, ISSUER, "millrace"))).isInstanceOf(BadJwtException.class);
        assertThat(questions).as("asked a moment ago").hasValue(1);
        now.updateAndGet(time -> time.plusSeconds(31));
        assertThat(decode(token(second, ISSUER, "millrace")).getSubject()).isEqualTo("alice");
        assertThat(questions).hasValue(2);
    }

    @Test
    void keyThatWasTakenBackIsNotBelievedForLong() throws Exception {
        served.set(List.of(first));
        decode(token(first, ISSUER, "millrace"));
        served.set(List.of(second));
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(6)));
        assertThatThrownBy(() -> decode(token(first, ISSUER, "millrace"))).isInstanceOf(BadJwtException.class);
    }

    @Test
    void keysOutliveAnOutageOfTheirIssuerForAnHour() throws Exception {
        served.set(List.of(first));
        decode(token(first, ISSUER, "millrace"));
        served.set(List.of());
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(50)));
        assertThat(decode(token(first, ISSUER, "millrace")).getSubject()).isEqualTo("alice");
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(20)));
        assertThatThrownBy(() -> decode(token(first, ISSUER, "millrace"))).isInstanceOf(BadJwtException.class);
    }

    @Test
    void whoComesWhileTheKeysAreAskedForWaitsForThem() throws Exception {
        Sinks.Empty<Void> answer = Sinks.empty();
        gate.set(answer.asMono());
        served.set(List.of(first));
        String token = token(first, ISSUER, "millrace");
        CompletableFuture<Jwt> one = decoder.decode(token).toFuture();
        await().atMost(PATIENCE).until(() -> questions.get() == 1);
        CompletableFuture<Jwt> another = decoder.decode(token).toFuture();
        answer.tryEmitEmpty();

        assertThat(one.get(2, TimeUnit.MINUTES).getSubject()).isEqualTo("alice");
        assertThat(another.get(2, TimeUnit.MINUTES).getSubject()).isEqualTo("alice");
        assertThat(questions).hasValue(1);
    }

    @Test
    void issuerThatHasNeverAnsweredIsUnavailableAndLeftAloneForAWhile() throws Exception {
        Sinks.Empty<Void> answer = Sinks.empty();
        gate.set(answer.asMono());
        String token = token(first, ISSUER, "millrace");
        CompletableFuture<Jwt> one = decoder.decode(token).toFuture();
        await().atMost(PATIENCE).until(() -> questions.get() == 1);
        CompletableFuture<Jwt> another = decoder.decode(token).toFuture();
        now.updateAndGet(time -> time.plusSeconds(29));
        answer.tryEmitEmpty();

        assertThat(one)
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(Problem.class);
        assertThat(another)
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(Problem.class);
        now.updateAndGet(time -> time.plusSeconds(5));
        assertThatThrownBy(() -> decode(token))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.status().value()).isEqualTo(503));
        assertThat(questions).as("thirty seconds from the end of the last").hasValue(1);
        served.set(List.of(first));
        now.updateAndGet(time -> time.plusSeconds(26));
        assertThat(decode(token).getSubject()).isEqualTo("alice");
    }

    @Test
    void issuerAudienceAndAlgorithmMustBeTheirs() throws Exception {
        served.set(List.of(first));
        assertThatThrownBy(() -> decode(token(first, "https://other.example", "millrace")))
                .isInstanceOf(BadJwtException.class);
        assertThatThrownBy(() -> decode(token(first, "millrace", "millrace")))
                .as("our own issuer, signed by them")
                .isInstanceOf(BadJwtException.class);
        assertThatThrownBy(() -> decode(token(first, ISSUER, "another"))).isInstanceOf(BadJwtException.class);
        SignedJWT confused = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims(ISSUER, "millrace"));
        confused.sign(new MACSigner(first.toRSAPublicKey().getEncoded()));
        assertThatThrownBy(() -> decode(confused.serialize()))
                .as("a public key is no secret")
                .isInstanceOf(BadJwtException.class);
    }

    private Jwt decode(String token) {
        return Objects.requireNonNull(decoder.decode(token).block(Duration.ofMinutes(2)));
    }

    private static JWTClaimsSet claims(String issuer, String audience) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(audience)
                .subject("alice")
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .build();
    }

    private static String token(RSAKey key, String issuer, String audience) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims(issuer, audience));
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }
}
