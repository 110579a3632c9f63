package io.millrace.edge.webhook;

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
    @Override
    public String toString() {
        return "SealSettings[...]";
    }
}
