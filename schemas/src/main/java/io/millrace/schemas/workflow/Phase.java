package io.millrace.schemas.workflow;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One phase of a workflow.
 *
 * @param name unique within the workflow
 * @param function remote function that computes it
 * @param mark the bar when the phase begins, 0 to 99
 * @param timeout how long one try may take, waiting for its batch included
 * @param batch items that leave in one call at most, 1 to 256
 * @param retry what happens when a try fails
 * @param reads phases whose results go into the input
 * @param when runs only if this holds; null: always
 * @param repeat where to go back to afterwards; null: never back
 * @param message what people see while it runs
 */
public record Phase(
        String name,
        String function,
        int mark,
        Duration timeout,
        int batch,
        Retry retry,
        List<String> reads,
        @Nullable Condition when,
        @Nullable Repeat repeat,
        Message message) {

    public Phase {
        reads = List.copyOf(reads);
    }

    /**
     * Tries of a phase.
     *
     * @param maxAttempts tries in all, from 1
     * @param backoff pause before the second try; doubles with each further one, up to a minute, with jitter
     */
    public record Retry(int maxAttempts, Duration backoff) {}

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

    /** The same sentence in both languages of the console. */
    public record Message(String en, String zh) {}
}
