package io.millrace.edge.watch;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where and how streams are served.
 *
 * @param host {@code MILLRACE_HOST}: address to listen on
 * @param rsocketPort {@code MILLRACE_RSOCKET_PORT}: RSocket over TCP; 0: a free one
 * @param mailbox durable events kept for a slow subscriber before the oldest give way, from 4
 * @param tickInterval least time between two ticks of one task to one subscriber
 */
@ConfigurationProperties("millrace")
public record WatchSettings(
        @DefaultValue("127.0.0.1") String host,
        @DefaultValue("7000") int rsocketPort,
        @DefaultValue("256") int mailbox,
        @DefaultValue("100ms") Duration tickInterval) {
    public WatchSettings {
        if (rsocketPort < 0 || rsocketPort > 65_535) {
            throw new IllegalArgumentException("MILLRACE_RSOCKET_PORT must be from 0 to 65535, not " + rsocketPort);
        }
    }
}
