package io.millrace.inference.accept;

import io.millrace.schemas.v1.TaskCommand;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends commands of long runs: a report once, for the next one follows, an end again and again up to a limit. */
final class Delivery {
    /** With the pauses this is over a minute of a log that cannot be reached; then the lease at the orchestrator decides. */
    static final int TRIES = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final CommandSink sink;
    private final ScheduledExecutorService timer;

    Delivery(CommandSink sink, ScheduledExecutorService timer) {
        this.sink = sink;
        this.timer = timer;
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    void once(TaskCommand command) {
        sink.send(command).whenComplete((kept, failure) -> {
            if (failure != null) {
                LOG.warn("event=lease-not-renewed task={} error={}", command.getTaskId(), failure.toString());
            }
        });
    }

    void surely(TaskCommand command) {
        attempt(command, 1);
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void attempt(TaskCommand command, int number) {
        sink.send(command).whenComplete((kept, failure) -> {
            if (failure != null) {
                again(command, number, failure);
            }
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void again(TaskCommand command, int number, Throwable failure) {
        if (number >= TRIES) {
            LOG.error("event=end-not-told task={} tries={} error={}", command.getTaskId(), number, failure.toString());
            return;
        }
        long pause = Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << (number - 1));
        try {
            timer.schedule(
                    () -> attempt(command, number + 1),
                    pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.warn("event=end-not-told task={} reason=shutdown", command.getTaskId());
        }
    }
}
