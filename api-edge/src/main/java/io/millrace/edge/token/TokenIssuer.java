package io.millrace.edge.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.millrace.edge.access.AccessSettings;
import io.millrace.edge.access.Caller;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.task.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Issues stream tokens and renews tokens. A token can be renewed while it lives and a while after, until its {@code renewable_until};
 * tokens without that claim cannot.
 */
@Component
final class TokenIssuer {
    private static final String RENEWABLE = "renewable_until";

    private final byte[] secret;
    private final TokenSettings settings;
    private final TokenDecoder decoder;
    private final Clock clock;

    TokenIssuer(AccessSettings access, TokenSettings settings, TokenDecoder decoder, Clock clock) {
        this.secret = access.jwtSecret().getBytes(StandardCharsets.UTF_8);
        this.settings = settings;
        this.decoder = decoder;
        this.clock = clock;
    }

    /**
     * A token as it is handed out.
     *
     * @param renewableUntil null when it cannot be renewed
     */
    record Issued(
            String token,
            String scope,
            Instant expires,
            @Nullable Instant renewableUntil) {}

    /** A token that opens streams only, of one task or campaign when it is named. */
    Issued stream(Caller caller, Caller.Reach reach, @Nullable String keyId) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(TokenDecoder.ISSUER)
                .subject(caller.userId())
                .claim("role", caller.role().name().toLowerCase(Locale.ROOT))
                .claim("scope", Caller.Reach.STREAM);
        if (!reach.taskId().isEmpty()) {
            claims.claim("task_id", reach.taskId());
        }
        if (!reach.campaignId().isEmpty()) {
            claims.claim("campaign_id", reach.campaignId());
        }
        if (keyId != null) {
            claims.claim("key_id", keyId);
        }
        return signed(claims, now, settings.streamTokenLife(), now.plus(settings.sessionLife()));
    }

    /** A token like the given one with a life of the same length; fails with 401 or 403 when it cannot be renewed. */
    Mono<Jwt> renewable(String token) {
        return decoder.decodeEvenExpired(token)
                .onErrorMap(failure -> Problem.unauthorized())
                .doOnNext(jwt -> {
                    Instant until = jwt.getClaimAsInstant(RENEWABLE);
                    Instant expires = jwt.getExpiresAt();
                    if (until == null || expires == null) {
                        throw Problem.of(
                                HttpStatus.FORBIDDEN,
                                ErrorCode.FORBIDDEN,
                                "this token cannot be renewed",
                                "Sign in again, or ask the token's issuer for one with renewable_until.");
                    }
                    Instant now = clock.instant();
                    if (!now.isBefore(until) || now.isAfter(expires.plus(settings.renewalGrace()))) {
                        throw Problem.tokenExpired("Sign in again: it is too old to be renewed.");
                    }
                });
    }

    Issued renewed(Jwt old) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();
        old.getClaims().forEach(claims::claim);
        Instant issued = Objects.requireNonNullElse(old.getIssuedAt(), now);
        Duration life = Duration.between(issued, Objects.requireNonNull(old.getExpiresAt()));
        return signed(claims, now, life, Objects.requireNonNull(old.getClaimAsInstant(RENEWABLE)));
    }

    private Issued signed(JWTClaimsSet.Builder claims, Instant now, Duration life, Instant renewableUntil) {
        Instant wanted = now.plus(life);
        Instant expires = wanted.isAfter(renewableUntil) ? renewableUntil : wanted;
        JWTClaimsSet set = claims.issueTime(Date.from(now))
                .expirationTime(Date.from(expires))
                .claim(RENEWABLE, renewableUntil.getEpochSecond())
                .build();
        try {
            SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), set);
            token.sign(new MACSigner(secret));
            String scope = Objects.requireNonNullElse((String) set.getClaim("scope"), "");
            return new Issued(token.serialize(), scope, expires, renewableUntil);
        } catch (JOSEException e) {
            throw new IllegalStateException("HS256 cannot sign", e);
        }
    }
}
