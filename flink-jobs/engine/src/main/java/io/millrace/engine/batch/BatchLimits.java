package io.millrace.engine.batch;

import io.millrace.schemas.workflow.Definitions;
import io.millrace.schemas.workflow.FunctionEndpoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds of batchers.
 *
 * @param functions by name of the function
 * @param others for a function that no definition names any more, but that a savepoint may still hold
 * @param maxCall longest time a call may be waited for
 * @param tolerated calls in a row that may fail to reach the endpoint before the breaker opens
 */
public record BatchLimits(
        Map<String, FunctionLimits> functions, FunctionLimits others, Duration maxCall, int tolerated) {
    private static final int DEFAULT_MAX_ITEMS = 64;

    public BatchLimits {
        functions = Map.copyOf(functions);
    }

    /**
     * The bounds the definitions ask for.
     *
     * @param slots calls of one batcher in flight at once where a function does not say, 1 to 32
     */
    public static BatchLimits of(Definitions definitions, int slots) {
        Map<String, FunctionLimits> functions = new HashMap<>();
        for (FunctionEndpoint function : definitions.functions()) {
            int own = function.slots() > 0 ? function.slots() : slots;
            functions.put(function.name(), new FunctionLimits(own, function.batch(), function.maxWait()));
        }
        FunctionLimits others = new FunctionLimits(slots, DEFAULT_MAX_ITEMS, Duration.ZERO);
        return new BatchLimits(functions, others, Duration.ofSeconds(60), 3);
    }

    public static BatchLimits defaults() {
        return of(Definitions.shipped(), 2);
    }

    FunctionLimits of(String function) {
        return functions.getOrDefault(function, others);
    }
}
