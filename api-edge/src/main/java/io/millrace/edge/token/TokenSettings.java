package io.millrace.edge.token;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

/**
 * Whose tokens are believed besides those of {@code MILLRACE_JWT_SECRET}, and how long the edge's own live.
 *
 * @param jwtSecretPrevious {@code MILLRACE_JWT_SECRET_PREVIOUS}: secrets that sign nothing any more and are still believed
 * @param jwksUrl {@code MILLRACE_JWKS_URL}: keys of another issuer; empty: none
 * @param jwksIssuer {@code MILLRACE_JWKS_ISSUER}: the {@code iss} its tokens carry; required beside the URL
 * @param jwksAudience {@code MILLRACE_JWKS_AUDIENCE}: what their {@code aud} must hold; empty: not asked
 * @param jwksAlgorithm {@code MILLRACE_JWKS_ALGORITHM}: the one algorithm they are signed with
 * @param jwksCache how long keys are used before they are asked for again
 * @param streamTokenLife {@code MILLRACE_STREAM_TOKEN_LIFE}: of tokens that open streams; they stand in URLs, so it is short
 * @param renewalGrace {@code MILLRACE_RENEWAL_GRACE}: how long after its end a token can still be renewed
 * @param sessionLife {@code MILLRACE_SESSION_LIFE}: how long one sign-in can be drawn out by renewals of stream tokens
 */
@ConfigurationProperties("millrace")
public record TokenSettings(
        @DefaultValue List<String> jwtSecretPrevious,
        @DefaultValue("") String jwksUrl,
        @DefaultValue("") String jwksIssuer,
        @DefaultValue("") String jwksAudience,
        @DefaultValue("RS256") String jwksAlgorithm,
        @DefaultValue("5m") Duration jwksCache,
        @DefaultValue("5m") Duration streamTokenLife,
        @DefaultValue("1h") Duration renewalGrace,
        @DefaultValue("12h") Duration sessionLife) {
    private static final int MIN_SECRET = 32;

    public TokenSettings {
        jwtSecretPrevious =
                jwtSecretPrevious.stream().filter(secret -> !secret.isBlank()).toList();
        if (jwtSecretPrevious.stream().anyMatch(secret -> secret.length() < MIN_SECRET)) {
            throw new IllegalArgumentException("MILLRACE_JWT_SECRET_PREVIOUS must hold secrets of at least 32 bytes");
        }
        if (!jwksUrl.isEmpty()) {
            String scheme = String.valueOf(URI.create(jwksUrl).getScheme());
            if (!scheme.equals("https") && !scheme.equals("http")) {
                throw new IllegalArgumentException("MILLRACE_JWKS_URL must be an http(s) address");
            }
            if (jwksIssuer.isEmpty()) {
                throw new IllegalArgumentException("MILLRACE_JWKS_ISSUER must name the issuer of MILLRACE_JWKS_URL");
            }
        }
        if (SignatureAlgorithm.from(jwksAlgorithm) == null) {
            throw new IllegalArgumentException(
                    "MILLRACE_JWKS_ALGORITHM must be one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384,"
                            + " ES512");
        }
        if (List.of(jwksCache, streamTokenLife, sessionLife).stream()
                        .anyMatch(time -> time.isNegative() || time.isZero())
                || renewalGrace.isNegative()) {
            throw new IllegalArgumentException("lives of tokens and keys must be positive, as 5m");
        }
    }

    @Override
    public String toString() {
        return "TokenSettings[jwksUrl=" + jwksUrl + ", jwksIssuer=" + jwksIssuer + "]";
    }
}
