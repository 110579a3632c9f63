package io.millrace.edge.limit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Requests a minute for each user on each edge; 0: as many as they like. Services and admins are not counted.
 *
 * @param limitSubmits {@code MILLRACE_LIMIT_SUBMITS}
 * @param limitConnects {@code MILLRACE_LIMIT_CONNECTS}
 * @param limitPolls {@code MILLRACE_LIMIT_POLLS}
 * @param limitTokens {@code MILLRACE_LIMIT_TOKENS}
 */
@ConfigurationProperties("millrace")
public record LimitSettings(
        @DefaultValue("600") int limitSubmits,
        @DefaultValue("10") int limitConnects,
        @DefaultValue("60") int limitPolls,
        @DefaultValue("30") int limitTokens) {
    public LimitSettings {
        if (limitSubmits < 0 || limitConnects < 0 || limitPolls < 0 || limitTokens < 0) {
            throw new IllegalArgumentException("MILLRACE_LIMIT_* must be requests a minute, or 0 for no limit");
        }
    }

    int perMinute(Limit limit) {
        return switch (limit) {
            case SUBMITS -> limitSubmits;
            case CONNECTS -> limitConnects;
            case POLLS -> limitPolls;
            case TOKENS -> limitTokens;
        };
    }
}
