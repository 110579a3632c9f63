package io.millrace.inference.tick;

import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.Tick;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends ticks and log lines on a thread of its own, so that no model ever waits for Kafka. */
public final class TickSender implements AutoCloseable {
    /** Log lines that may wait; more than this at once means Kafka is down, and then nobody reads them live. */
    private static final int MAX_WAITING_LINES = 1_000;

    private final ProgressSink sink;
    private final Alarm alarm;
    private final InstantSource clock;
    private final Runnable dropped;
    private final AtomicInteger waitingLines = new AtomicInteger();
    private final Runnable stop;

    /** @param dropped told of each log line that had to be dropped */
    public TickSender(ProgressSink sink, InstantSource clock, Runnable dropped) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "inference-ticks");
            made.setDaemon(true);
            return made;
        });
        this.sink = sink;
        this.clock = clock;
        this.dropped = dropped;
        this.alarm = new ThreadAlarm(thread);
        this.stop = thread::shutdownNow;
    }

    TickSender(ProgressSink sink, InstantSource clock, Runnable dropped, Alarm alarm) {
        this.sink = sink;
        this.clock = clock;
        this.dropped = dropped;
        this.alarm = alarm;
        this.stop = () -> {};
    }

    long millis() {
        return clock.millis();
    }

    /** The ticks of one item. */
    public TickGate gate(InferenceItem item) {
        return new TickGate(item, this, alarm);
    }

    void send(InferenceItem item, Tick tick) {
        send(item, tick, clock.millis());
    }

    private void send(InferenceItem item, Tick tick, long timeMillis) {
        sink.send(Progress.newBuilder()
                .setTaskId(item.getTaskId())
                .setUserId(item.getUserId())
                .setCampaignId(item.getCampaignId())
                .setAttempt(item.getAttempt())
                .setStep(item.getStep())
                .setTimeMs(timeMillis)
                .setTraceparent(item.getTraceparent())
                .setTick(tick)
                .build());
    }

    void sendLine(InferenceItem item, Tick line, long timeMillis) {
        if (waitingLines.incrementAndGet() > MAX_WAITING_LINES) {
            waitingLines.decrementAndGet();
            dropped.run();
            return;
        }
        alarm.after(Duration.ZERO, () -> {
            waitingLines.decrementAndGet();
            send(item, line, timeMillis);
        });
    }

    /** Ticks that wait are dropped; the sink is closed by its owner. */
    @Override
    public void close() {
        stop.run();
    }

    private record ThreadAlarm(ScheduledExecutorService thread) implements Alarm {
        @Override
        @SuppressWarnings("FutureReturnValueIgnored")
        public void after(Duration delay, Runnable work) {
            try {
                thread.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                // The process is ending: nobody is told of movement any more.
                return;
            }
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }
    }
}
