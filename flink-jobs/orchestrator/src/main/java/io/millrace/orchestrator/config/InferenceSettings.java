package io.millrace.orchestrator.config;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

/**
 * Where remote functions are computed.
 *
 * @param url the StateFun endpoint, http or https; one for all functions
 * @param token bearer credential that the endpoint asks for
 * @param connectTimeout how long a connection may take to open
 * @param maxConnections connections of one subtask, 1 to 1024; calls beyond it wait for one, up to their deadline
 * @param batchSlots calls of one function under way at once from one subtask, 1 to 32
 */
public record InferenceSettings(URI url, String token, Duration connectTimeout, int maxConnections, int batchSlots)
        implements Serializable {
    static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(2);
    static final int DEFAULT_MAX_CONNECTIONS = 64;
    static final int DEFAULT_BATCH_SLOTS = 2;

    public InferenceSettings {
        String scheme = url.getScheme();
        if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException("--inference-url must look like http://host:port/functions, not " + url);
        }
        if (token.isBlank() || token.chars().anyMatch(letter -> letter <= ' ' || letter > '~')) {
            throw new IllegalArgumentException("--inference-token must be printable ASCII without blanks");
        }
    }

    static InferenceSettings of(Options options) {
        return new InferenceSettings(
                uri(options.required("inference-url")),
                options.required("inference-token"),
                options.duration(
                        "inference-connect-timeout",
                        DEFAULT_CONNECT_TIMEOUT,
                        Duration.ofMillis(10),
                        Duration.ofSeconds(30)),
                options.number("inference-max-connections", DEFAULT_MAX_CONNECTIONS, 1, 1024),
                options.number("batch-slots", DEFAULT_BATCH_SLOTS, 1, 32));
    }

    /** Without the token: this is logged. */
    @Override
    public String toString() {
        return "InferenceSettings[url=" + url + ", connectTimeout=" + connectTimeout + ", maxConnections="
                + maxConnections + ", batchSlots=" + batchSlots + "]";
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--inference-url is not a URL: " + text, e);
        }
    }
}
