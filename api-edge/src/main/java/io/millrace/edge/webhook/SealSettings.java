package io.millrace.edge.webhook;

import java.nio.charset.StandardCharsets;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the key of sealed secrets comes from.
 *
 * @param sealSecret {@code MILLRACE_SEAL_SECRET}; {@code MILLRACE_LINK_SECRET} when not set. What was sealed with one cannot be opened
 *     with another
 */
@ConfigurationProperties("millrace")
record SealSettings(@DefaultValue("") String sealSecret) {
    private static final int MIN_SECRET_BYTES = 32;

    SealSettings {
        if (sealSecret.getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "MILLRACE_SEAL_SECRET must have at least " + MIN_SECRET_BYTES + " bytes");
        }
    }

    @Override
    public String toString() {
        return "SealSettings[...]";
    }
}
