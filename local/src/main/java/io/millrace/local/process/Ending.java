package io.millrace.local.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Ends processes that may not be our children. */
public final class Ending {
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);
    private static final long POLL_MILLIS = 25;

    private Ending() {}

    /**
     * Asks the process to end and kills it when it has not after the grace.
     *
     * @return whether it is gone; false only for one the system itself cannot end, or after an interrupt
     */
    public static boolean end(Identity process, Duration grace) {
        process.alive().ifPresent(ProcessHandle::destroy);
        return awaitGone(process, grace) || kill(process);
    }

    /** Ends it at once, as {@code kill -9}. */
    public static boolean kill(Identity process) {
        process.alive().ifPresent(ProcessHandle::destroyForcibly);
        return awaitGone(process, AFTER_KILL);
    }

    /** Waits until the process is gone, at most this long. */
    public static boolean awaitGone(Identity process, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (process.alive().isPresent()) {
                if (System.nanoTime() - deadline >= 0) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return process.alive().isEmpty();
        }
    }
}
