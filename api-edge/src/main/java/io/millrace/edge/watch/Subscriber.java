package io.millrace.edge.watch;

import io.millrace.edge.live.LiveEvent;
import io.millrace.edge.live.Place;
import io.millrace.edge.problem.CloseReason;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.scheduler.Scheduler;

/** Takes events out of a mailbox as its client asks for them, on a thread that is never the one that offers. */
final class Subscriber {
    private final Mailbox mailbox;
    private final Scheduler.Worker worker;
    private final AtomicInteger wakeUps = new AtomicInteger();
    private final AtomicBoolean timerSet = new AtomicBoolean();
    private volatile @Nullable FluxSink<LiveEvent> sink;

    Subscriber(Mailbox mailbox, Scheduler scheduler) {
        this.mailbox = mailbox;
        this.worker = scheduler.createWorker();
    }

    void offer(LiveEvent event) {
        mailbox.offer(event);
        wake();
    }

    void skipTo(Place seen) {
        mailbox.skipTo(seen);
    }

    int partition() {
        return mailbox.partition();
    }

    /** Its stream fails with the reason once it has delivered what it has. */
    void end(CloseReason reason) {
        mailbox.end(reason);
        wake();
    }

    /** The events, for one client; those offered before it asked are waiting in the mailbox. */
    Flux<LiveEvent> events() {
        return Flux.create(
                created -> {
                    sink = created;
                    created.onRequest(demand -> wake());
                },
                FluxSink.OverflowStrategy.IGNORE);
    }

    void close() {
        worker.dispose();
    }

    private void wake() {
        if (sink != null && !worker.isDisposed() && wakeUps.getAndIncrement() == 0) {
            worker.schedule(this::drain);
        }
    }

    private void drain() {
        FluxSink<LiveEvent> client = sink;
        if (client == null) {
            return;
        }
        int handled = wakeUps.get();
        while (handled != 0) {
            deliver(client);
            handled = wakeUps.addAndGet(-handled);
        }
    }

    private void deliver(FluxSink<LiveEvent> client) {
        while (client.requestedFromDownstream() > 0 && !client.isCancelled()) {
            LiveEvent event = mailbox.poll(System.nanoTime());
            if (event == null) {
                endIfDue(client);
                wakeWhenDue();
                return;
            }
            client.next(event);
        }
    }

    private void endIfDue(FluxSink<LiveEvent> client) {
        CloseReason ending = mailbox.ending();
        if (ending != null) {
            client.error(ending.failure());
        }
    }

    private void wakeWhenDue() {
        long wait = mailbox.nanosUntilNext(System.nanoTime());
        if (wait >= 0 && timerSet.compareAndSet(false, true)) {
            long rounded = Duration.ofNanos(wait).toMillis() + 1;
            worker.schedule(
                    () -> {
                        timerSet.set(false);
                        wake();
                    },
                    rounded,
                    TimeUnit.MILLISECONDS);
        }
    }
}
