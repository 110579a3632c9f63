package io.millrace.edge.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import io.millrace.edge.access.AccessSettings;
import io.millrace.edge.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Believes a token that one of our secrets signed (HS256), or a key of the other issuer. Which of the two is asked follows from the
 * token's algorithm, and each believes one algorithm only: a public key never serves as a secret.
 */
@Component
public final class TokenDecoder implements ReactiveJwtDecoder {
    /** The {@code iss} of tokens signed with our secrets. */
    static final String ISSUER = "millrace";

    private static final int MAX_USER_ID = 128;

    private final List<ReactiveJwtDecoder> own;
    private final List<ReactiveJwtDecoder> ownEvenExpired;
    private final @Nullable ReactiveJwtDecoder trusted;

    TokenDecoder(AccessSettings access, TokenSettings settings, Clock clock) {
        List<String> secrets = Stream.concat(Stream.of(access.jwtSecret()), settings.jwtSecretPrevious().stream())
                .toList();
        this.own = bySecrets(secrets, new JwtTimestampValidator());
        this.ownEvenExpired = bySecrets(secrets, null);
        this.trusted = settings.jwksUrl().isEmpty()
                ? null
                : byKeys(settings, new TrustedKeys(settings.jwksUrl(), settings.jwksCache(), clock));
    }

    private static List<ReactiveJwtDecoder> bySecrets(
            List<String> secrets, @Nullable OAuth2TokenValidator<Jwt> timestamps) {
        List<OAuth2TokenValidator<Jwt>> rules = new ArrayList<>();
        rules.add(new JwtIssuerValidator(ISSUER));
        rules.add(new JwtClaimValidator<String>("sub", TokenDecoder::isUserId));
        rules.add(new JwtClaimValidator<String>("role", TokenDecoder::isRole));
        if (timestamps != null) {
            rules.add(timestamps);
        }
        List<ReactiveJwtDecoder> decoders = new ArrayList<>();
        for (String secret : secrets) {
            NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withSecretKey(
                            new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"))
                    .macAlgorithm(MacAlgorithm.HS256)
                    .build();
            decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(rules));
            decoders.add(decoder);
        }
        return decoders;
    }

    private static ReactiveJwtDecoder byKeys(TokenSettings settings, TrustedKeys keys) {
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSource(keys::of)
                .jwsAlgorithm(Objects.requireNonNull(SignatureAlgorithm.from(settings.jwksAlgorithm())))
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(),
                new JwtIssuerValidator(settings.jwksIssuer()),
                token -> audience(token, settings.jwksAudience()),
                new JwtClaimValidator<String>("sub", TokenDecoder::isUserId),
                TokenDecoder::roleOrNone));
        return decoder;
    }

    private static OAuth2TokenValidatorResult audience(Jwt token, String wanted) {
        List<String> audiences = token.getAudience();
        return wanted.isEmpty() || audiences != null && audiences.contains(wanted)
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", "for somebody else", null));
    }

    /** Another issuer need not know our roles: whoever has none is a user. */
    private static OAuth2TokenValidatorResult roleOrNone(Jwt token) {
        String role = token.getClaimAsString("role");
        return role == null || isRole(role)
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", "unknown role", null));
    }

    private static boolean isUserId(@Nullable String subject) {
        // The tables take no notice of white space behind a name.
        return subject != null
                && !subject.isEmpty()
                && subject.equals(subject.strip())
                && subject.length() <= MAX_USER_ID;
    }

    private static boolean isRole(@Nullable String role) {
        return "user".equals(role) || "service".equals(role) || "admin".equals(role);
    }

    @Override
    public Mono<Jwt> decode(String token) {
        return Mono.defer(() -> {
            boolean secret = algorithm(token).equals(JWSAlgorithm.HS256);
            ReactiveJwtDecoder other = trusted;
            if (!secret && other != null) {
                return other.decode(token).onErrorMap(TokenDecoder::told);
            }
            return firstOf(own, token);
        });
    }

    /** A token of ours, read as if it had not expired; everything else about it is checked. */
    Mono<Jwt> decodeEvenExpired(String token) {
        return Mono.defer(() -> firstOf(ownEvenExpired, token));
    }

    private static Mono<Jwt> firstOf(List<ReactiveJwtDecoder> decoders, String token) {
        Mono<Jwt> decoded = decoders.get(0).decode(token);
        for (ReactiveJwtDecoder next : decoders.subList(1, decoders.size())) {
            decoded = decoded.onErrorResume(
                    BadJwtException.class, failure -> isExpiry(failure) ? Mono.error(failure) : next.decode(token));
        }
        return decoded;
    }

    /** The library wraps what its source of keys says: a key set that cannot be read is no wrong token. */
    private static Throwable told(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem) {
                return cause;
            }
        }
        return failure;
    }

    /** Whether nothing else is wrong with the token than its age. */
    public static boolean isExpiry(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains("expired");
    }

    private static com.nimbusds.jose.Algorithm algorithm(String token) {
        try {
            return SignedJWT.parse(token).getHeader().getAlgorithm();
        } catch (ParseException e) {
            throw new BadJwtException("no token", e);
        }
    }
}
