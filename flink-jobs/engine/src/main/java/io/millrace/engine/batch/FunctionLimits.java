package io.millrace.engine.batch;

import java.time.Duration;

/**
 * Bounds of the calls of one function.
 *
 * @param slots calls of one batcher in flight at once, 1 to 32
 * @param maxItems items of one call
 * @param maxWait how long an item may wait for company although a slot is free; zero: not at all
 */
record FunctionLimits(int slots, int maxItems, Duration maxWait) {
    FunctionLimits {
        if (slots < 1 || slots > 32) {
            throw new IllegalArgumentException("slots must be from 1 to 32, not " + slots);
        }
    }

    boolean gathers() {
        return !maxWait.isZero();
    }
}
