package io.millrace.edge.access;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Secrets and lifetimes.
 *
 * @param jwtSecret {@code MILLRACE_JWT_SECRET}: key of HS256 tokens, at least 32 bytes
 * @param linkSecret {@code MILLRACE_LINK_SECRET}: key of signed links, at least 32 bytes
 * @param linkLife {@code MILLRACE_LINK_LIFE}: how long a signed link works at least
 * @param publicUrl {@code MILLRACE_PUBLIC_URL}: put before links, as {@code https://host}; empty: links begin with the path
 */
@ConfigurationProperties("millrace")
public record AccessSettings(
        @DefaultValue("") String jwtSecret,
        @DefaultValue("") String linkSecret,
        @DefaultValue("24h") Duration linkLife,
        @DefaultValue("") String publicUrl) {
    private static final int MIN_SECRET_BYTES = 32;

    public AccessSettings {
        requireSecret("MILLRACE_JWT_SECRET", jwtSecret);
        requireSecret("MILLRACE_LINK_SECRET", linkSecret);
        if (linkLife.isNegative() || linkLife.isZero()) {
            throw new IllegalArgumentException("MILLRACE_LINK_LIFE must be positive, as 24h");
        }
    }

    private static void requireSecret(String name, String value) {
        if (value.getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    name + " must be set to at least " + MIN_SECRET_BYTES + " bytes: without it nobody can be trusted");
        }
    }

    @Override
    public String toString() {
        return "AccessSettings[linkLife=" + linkLife + ", publicUrl=" + publicUrl + "]";
    }
}
