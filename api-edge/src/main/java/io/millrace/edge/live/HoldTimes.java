package io.millrace.edge.live;

import io.millrace.edge.live.Standing.Estimate;
import io.millrace.edge.live.Standing.Range;
import io.millrace.schemas.v1.LaneHead;

/**
 * How long slots of a lane are held, as mean and spread of three percentiles (Swanson's rule: 30, 40, 30), and what follows for
 * those who wait: the n-th in line begins after n / slots holds, whose spreads add up as independent ones do.
 *
 * @param p50 median, milliseconds
 * @param p90 ninth decile
 * @param mean mean
 * @param spread standard deviation, as if holds were normal
 */
record HoldTimes(double p50, double p90, double mean, double spread) {
    /** The ninth decile of the normal distribution. */
    private static final double Z90 = 1.2816;

    static HoldTimes of(LaneHead head) {
        double p10 = head.getHeldP10Ms();
        double p50 = head.getHeldP50Ms();
        double p90 = Math.max(p50, head.getHeldP90Ms());
        return new HoldTimes(p50, p90, 0.3 * p10 + 0.4 * p50 + 0.3 * p90, (p90 - Math.min(p10, p50)) / (2 * Z90));
    }

    boolean known() {
        return p50 > 0;
    }

    /** For a task at this place, from 1, of a lane with so many slots of which some are free. */
    Estimate waiting(long position, int slots, int free, long nowMillis) {
        double holds = Math.max(0, position - free) / (double) Math.max(1, slots);
        double start = holds * mean;
        double startSpread = spread * Math.sqrt(holds);
        double end90 = p50 + Z90 * Math.sqrt(startSpread * startSpread + spread * spread);
        return new Estimate(
                range(nowMillis, start, start + Z90 * startSpread),
                range(nowMillis, start + p50, start + Math.max(p90, end90)));
    }

    /** For a task that began some time ago. */
    Estimate running(long startedMillis, long nowMillis) {
        double elapsed = Math.max(0, nowMillis - startedMillis);
        double left50 = elapsed < p50 ? p50 - elapsed : Math.max(p90 - elapsed, 0.2 * p50) / 2;
        double left90 = Math.max(p90 - elapsed, left50 + 0.5 * (p90 - p50));
        return new Estimate(new Range(startedMillis, startedMillis), range(nowMillis, left50, left90));
    }

    private static Range range(long nowMillis, double p50, double p90) {
        return new Range(nowMillis + Math.round(p50), nowMillis + Math.round(Math.max(p50, p90)));
    }
}
