package io.millrace.schemas.workflow;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One phase of a workflow.
 *
 * @param name unique within the workflow
 * @param function remote function that computes it; null: nobody is called, an external worker reports
 * @param mark the bar when the phase begins, 0 to 99
 * @param timeout how long one try may take, waiting for its batch included; at most 60 s
 * @param retry what happens when a try fails
 * @param batch how its items share calls
 * @param input what the function is given
 * @param flow when it runs, how often, and who ends it
 * @param message what people see while it runs
 */
public record Phase(
        String name,
        @Nullable String function,
        int mark,
        Duration timeout,
        Retry retry,
        Batch batch,
        Input input,
        Flow flow,
        Message message) {

    /**
     * Tries of a phase, or of one item of a for_each phase.
     *
     * @param maxAttempts tries in all, from 1
     * @param backoff pause before the second try; doubles with each further one, up to a minute, with jitter
     */
    public record Retry(int maxAttempts, Duration backoff) {}

    /**
     * How items share calls.
     *
     * @param maxItems items that leave in one call at most, 1 to 256
     * @param maxWait how long an item may wait for company although a slot is free; 0: not at all
     * @param bucket top-level parameters whose values must be equal for two items to share a call
     */
    public record Batch(int maxItems, Duration maxWait, List<String> bucket) {
        /** Items of one call where a workflow does not say. */
        public static final int DEFAULT_MAX_ITEMS = 64;

        public Batch {
            bucket = List.copyOf(bucket);
        }
    }

    /**
     * What goes into the input and so into its hash.
     *
     * @param reads phases whose results it is given
     * @param params top-level parameters it is given; null: all
     */
    public record Input(List<String> reads, @Nullable List<String> params) {
        public Input {
            reads = List.copyOf(reads);
            params = params == null ? null : List.copyOf(params);
        }
    }

    /**
     * The way through the phase; each part is null where it does not apply.
     *
     * @param when the phase runs only if this holds
     * @param repeat where to go back to afterwards
     * @param forEach the phase runs once for each item of a list
     * @param external a worker ends the phase under a lease
     */
    public record Flow(
            @Nullable Condition when,
            @Nullable Repeat repeat,
            @Nullable ForEach forEach,
            @Nullable External external) {}

    /** Holds when the fact of the finished phase has exactly this value. */
    public record Condition(String phase, String fact, String equalTo) {}

    /**
     * Going back.
     *
     * @param fact fact of the phase itself that names the phase to go back to; missing or empty: go on
     * @param max times a task may go back in all; the phase is skipped once they are used up
     * @param allowed phases that may be named
     */
    public record Repeat(String fact, int max, List<String> allowed) {
        public Repeat {
            allowed = List.copyOf(allowed);
        }
    }

    /**
     * One item for each element of a JSON array.
     *
     * @param phase earlier phase whose output holds the array
     * @param field top-level field of that output
     * @param concurrency items under way at once
     * @param maxItems longest array, 1 to 1000
     * @param partial whether the task goes on when items fail for good, and ends as a partial failure
     */
    public record ForEach(String phase, String field, int concurrency, int maxItems, boolean partial) {
        /** Items under way at once where a workflow does not say. */
        public static final int DEFAULT_CONCURRENCY = 8;
        /** Longest array where a workflow does not say. */
        public static final int DEFAULT_MAX_ITEMS = 100;
    }

    /**
     * A phase that a worker, or a function that answered "accepted", ends by a command.
     *
     * @param lease how long the worker may be silent, 1 s to 24 h
     */
    public record External(Duration lease) {}

    /** The same sentence in both languages of the console. */
    public record Message(String en, String zh) {}
}
