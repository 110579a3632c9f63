package io.millrace.engine.batch;

import io.millrace.schemas.workflow.Definitions;
import io.millrace.schemas.workflow.FunctionEndpoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds of a batcher.
 *
 * @param slots calls of one batcher in flight at once, 1 to 32
 * @param maxItems items of one call, by function; 64 where a function is not named
 * @param maxCall longest time a call may be waited for
 * @param tolerated calls in a row that may fail to reach the endpoint before the breaker opens
 */
public record BatchLimits(int slots, Map<String, Integer> maxItems, Duration maxCall, int tolerated) {
    private static final int DEFAULT_MAX_ITEMS = 64;

    public BatchLimits {
        if (slots < 1 || slots > 32) {
            throw new IllegalArgumentException("slots must be from 1 to 32, not " + slots);
        }
        maxItems = Map.copyOf(maxItems);
    }

    /** The bounds the workflows ask for: the smallest batch where two workflows use one function. */
    public static BatchLimits of(Definitions definitions, int slots) {
        Map<String, Integer> maxItems = new HashMap<>();
        for (FunctionEndpoint function : definitions.functions()) {
            maxItems.put(function.name(), function.batch());
        }
        return new BatchLimits(slots, maxItems, Duration.ofSeconds(60), 3);
    }

    public static BatchLimits defaults() {
        return of(Definitions.shipped(), 2);
    }

    int maxItems(String function) {
        return maxItems.getOrDefault(function, DEFAULT_MAX_ITEMS);
    }
}
