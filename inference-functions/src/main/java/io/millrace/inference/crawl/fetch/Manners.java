package io.millrace.inference.crawl.fetch;

import java.time.Duration;
import java.util.Set;

/**
 * How the fetcher behaves.
 *
 * @param agent name sent to servers and looked for in robots.txt
 * @param pause between two requests to one host, at least; a longer Crawl-delay counts instead
 * @param deadline of one request
 * @param maxBytes of one body
 * @param allowed hosts ({@code host} or {@code host:port}) that may lie in private networks
 */
public record Manners(String agent, Duration pause, Duration deadline, int maxBytes, Set<String> allowed) {
    public Manners {
        allowed = Set.copyOf(allowed);
    }
}
