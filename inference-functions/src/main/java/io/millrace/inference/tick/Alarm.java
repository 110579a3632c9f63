package io.millrace.inference.tick;

import java.time.Duration;

/** Runs work later, one piece at a time, in order of its due time. */
interface Alarm {
    void after(Duration delay, Runnable work);

    /** Nanoseconds of a clock that never goes back. */
    long nanos();
}
