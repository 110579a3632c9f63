package io.millrace.edge.origin;

import io.millrace.edge.access.AccessSettings;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decides by the header {@code Origin}, which browsers set and pages cannot change. Programs send none and are not asked: this list
 * protects people in front of browsers, tokens protect the edge.
 */
@Component
final class Origins {
    enum Verdict {
        /** No page, or a page of this edge. */
        OWN,
        /** A page on the list. */
        LISTED,
        FOREIGN
    }

    private final Set<String> listed;

    Origins(OriginSettings settings, AccessSettings access) {
        Set<String> all = new HashSet<>(settings.origins());
        if (!access.publicUrl().isEmpty()) {
            all.add(originOf(access.publicUrl()));
        }
        this.listed = Set.copyOf(all);
    }

    private static String originOf(String url) {
        int end = url.indexOf('/', url.indexOf("://") + 3);
        return (end < 0 ? url : url.substring(0, end)).toLowerCase(Locale.ROOT);
    }

    /**
     * @param origin the header {@code Origin}; null when there is none
     * @param host the header {@code Host}
     */
    Verdict of(@Nullable String origin, @Nullable String host) {
        if (origin == null) {
            return Verdict.OWN;
        }
        String lower = origin.toLowerCase(Locale.ROOT);
        int authority = lower.indexOf("://");
        // The scheme is left out of it: whoever ends TLS before the edge changes it.
        if (authority > 0 && host != null && lower.substring(authority + 3).equals(host.toLowerCase(Locale.ROOT))) {
            return Verdict.OWN;
        }
        return listed.contains(lower) ? Verdict.LISTED : Verdict.FOREIGN;
    }
}
