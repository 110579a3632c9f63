package io.millrace.orchestrator.config;

import io.millrace.schemas.config.Options;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Where remote functions are computed.
 *
 * @param url the StateFun endpoint, http or https; for all functions without an address of their own
 * @param token bearer credential that the endpoint asks for; empty: none is sent
 * @param connectTimeout how long a connection may take to open
 * @param maxConnections connections of one subtask, 1 to 1024; calls beyond it wait for one, up to their deadline
 * @param functionTokens credentials of functions at addresses of their own, see {@link #at}
 * @param batchSlots calls of one function under way at once from one subtask, 1 to 32
 */
public record InferenceSettings(
        URI url,
        String token,
        Duration connectTimeout,
        int maxConnections,
        int batchSlots,
        Map<String, String> functionTokens)
        implements Serializable {
    static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(2);
    static final int DEFAULT_MAX_CONNECTIONS = 64;
    static final int DEFAULT_BATCH_SLOTS = 2;

    public InferenceSettings {
        String scheme = url.getScheme();
        if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException("--inference-url must look like http://host:port/functions, not " + url);
        }
        printable("--inference-token", token);
        functionTokens.forEach((function, own) -> printable("--inference-token-" + function, own));
        functionTokens = Map.copyOf(functionTokens);
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
                options.number("batch-slots", DEFAULT_BATCH_SLOTS, 1, 32),
                options.startingWith("inference-token-"));
    }

    /**
     * The same for a function at an address of its own. It is sent no credential but its own: the installation's would be known
     * to whoever runs it.
     */
    public InferenceSettings at(URI own, String function) {
        String ownToken = functionTokens.getOrDefault(function.replace('_', '-'), "");
        return new InferenceSettings(own, ownToken, connectTimeout, maxConnections, batchSlots, Map.of());
    }

    private static void printable(String option, String token) {
        if (token.chars().anyMatch(letter -> letter <= ' ' || letter > '~')) {
            throw new IllegalArgumentException(option + " must be printable ASCII without blanks");
        }
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
