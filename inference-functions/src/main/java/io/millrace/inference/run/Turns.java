package io.millrace.inference.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Worker threads that functions take turns on, so that a queue of slow backgrounds does not hold up a quick intent. What may wait is
 * bounded by the capacity of the process, not here.
 */
final class Turns {
    private final Map<String, Deque<Runnable>> waiting = new HashMap<>();
    private final Deque<String> order = new ArrayDeque<>();
    private final ScheduledThreadPoolExecutor workers;

    Turns(int threads) {
        AtomicInteger number = new AtomicInteger();
        workers = (ScheduledThreadPoolExecutor) Executors.newScheduledThreadPool(threads, work -> {
            Thread thread = new Thread(work, "inference-worker-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        workers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** @throws RejectedExecutionException after {@link #end} */
    void submit(String function, Runnable work) {
        synchronized (this) {
            Deque<Runnable> own = waiting.computeIfAbsent(function, name -> new ArrayDeque<>());
            if (own.isEmpty()) {
                order.addLast(function);
            }
            own.addLast(work);
        }
        workers.execute(this::runNext);
    }

    /** Takes a turn once the pause is over. */
    @SuppressWarnings("FutureReturnValueIgnored")
    void submitAfter(Duration pause, String function, Runnable work) {
        workers.schedule(() -> submit(function, work), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void runNext() {
        next().run();
    }

    private synchronized Runnable next() {
        String function = order.removeFirst();
        Deque<Runnable> own = waiting.getOrDefault(function, new ArrayDeque<>());
        Runnable work = own.removeFirst();
        if (!own.isEmpty()) {
            order.addLast(function);
        }
        return work;
    }

    /** Forgets waiting work and interrupts what runs. @return whether all workers have ended within the patience */
    boolean end(Duration patience) {
        workers.shutdownNow();
        try {
            return workers.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
