package io.millrace.edge.outbound;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where calls to addresses that users name may go.
 *
 * @param outboundAllow {@code MILLRACE_OUTBOUND_ALLOW}: ranges that may be reached although they are not public, as
 *     {@code 127.0.0.0/8,10.1.0.0/16}; none by default
 */
@ConfigurationProperties("millrace")
record OutboundSettings(@DefaultValue List<String> outboundAllow) {
    OutboundSettings {
        outboundAllow = outboundAllow.stream()
                .map(String::strip)
                .filter(range -> !range.isEmpty())
                .toList();
        try {
            AddressGuard.allowing(outboundAllow);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("MILLRACE_OUTBOUND_ALLOW: " + e.getMessage(), e);
        }
    }
}
