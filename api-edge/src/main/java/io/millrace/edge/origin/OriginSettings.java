package io.millrace.edge.origin;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Pages of other origins that may talk to the edge.
 *
 * @param origins {@code MILLRACE_ORIGINS}: as {@code https://app.example.com,tauri://localhost}; the edge's own pages always may
 */
@ConfigurationProperties("millrace")
record OriginSettings(@DefaultValue List<String> origins) {
    private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[^/?#\\s*]+");

    OriginSettings {
        origins = origins.stream()
                .map(origin -> origin.strip().toLowerCase(Locale.ROOT))
                .filter(origin -> !origin.isEmpty())
                .toList();
        for (String origin : origins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException("MILLRACE_ORIGINS: \"" + origin
                        + "\" is not an origin, as https://app.example.com or tauri://localhost");
            }
        }
    }
}
