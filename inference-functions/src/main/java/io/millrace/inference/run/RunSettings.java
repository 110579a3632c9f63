package io.millrace.inference.run;

import java.time.Duration;

/**
 * Bounds of the work in this process.
 *
 * @param workers threads that run models, 1 to 1024
 * @param capacity items that may be in the process at once, waiting ones included; at least 1
 * @param loadWait how long an item waits for a model that is still being loaded
 */
public record RunSettings(int workers, int capacity, Duration loadWait) {
    public RunSettings {
        if (workers < 1 || workers > 1024) {
            throw new IllegalArgumentException("workers must be 1 to 1024, not " + workers);
        }
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, not " + capacity);
        }
    }
}
