package io.millrace.edge.live;

/**
 * What became of the first estimate a waiting task was given.
 *
 * @param lane name of the lane
 * @param waitedMillis from the estimate to the start
 * @param errorMillis actual start less the estimate's median: positive when the task began later
 * @param withinP90 whether it began by the ninth decile
 */
public record EstimateOutcome(String lane, long waitedMillis, long errorMillis, boolean withinP90) {}
