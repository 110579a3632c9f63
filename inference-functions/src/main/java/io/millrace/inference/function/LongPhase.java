package io.millrace.inference.function;

import java.time.Duration;

/**
 * A phase that may take longer than a call is held, which is 60 s. Its items are answered {@code accepted} at once;
 * {@link #compute} then runs on a thread of its own, its lease is renewed while it runs, and its outcome goes to the orchestrator as a
 * command. The workflow must name the phase {@code external}. A cancelled run is interrupted; a long computation also asks
 * {@link PhaseContext#checkWanted()} now and then.
 */
public interface LongPhase extends PhaseFunction {
    /** How long the orchestrator may hear nothing before the run counts as lost; at least 3 s. Renewed three times in that time. */
    Duration lease();
}
