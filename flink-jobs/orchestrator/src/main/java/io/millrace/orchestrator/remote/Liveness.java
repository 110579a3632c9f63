package io.millrace.orchestrator.remote;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.flink.shaded.netty4.io.netty.channel.EventLoop;

/**
 * Tells an endpoint that computes from one that hangs. While calls are under way and nothing is heard, its health is asked for;
 * an endpoint that is silent altogether is given up long before the calls' own deadlines, as if it could not be reached.
 * Lives on the endpoint's thread.
 */
final class Liveness {
    /** Silence on every connection for this long means that the process is stopped or stuck. */
    static final Duration SILENCE = Duration.ofSeconds(15);

    private final EventLoop loop;
    private final long silenceNanos;
    private final Supplier<Exchange> askForHealth;
    private final Set<Exchange> underWay = new HashSet<>();
    private long heardNanos;
    private boolean looking;

    Liveness(EventLoop loop, Duration silence, Supplier<Exchange> askForHealth) {
        this.loop = loop;
        this.silenceNanos = silence.toNanos();
        this.askForHealth = askForHealth;
    }

    void watch(Exchange call) {
        if (underWay.isEmpty()) {
            heardNanos = System.nanoTime();
        }
        underWay.add(call);
        call.outcome().thenAccept(outcome -> {
            underWay.remove(call);
            hear(outcome);
        });
        if (!looking) {
            looking = true;
            lookLater();
        }
    }

    private void lookLater() {
        loop.schedule(this::look, silenceNanos / 3, TimeUnit.NANOSECONDS);
    }

    private void look() {
        if (underWay.isEmpty()) {
            looking = false;
            return;
        }
        lookLater();
        long quietNanos = System.nanoTime() - heardNanos;
        if (quietNanos >= silenceNanos) {
            for (Exchange call : List.copyOf(underWay)) {
                if (call.sent()) {
                    call.end(new HttpOutcome.Silent());
                }
            }
            return;
        }
        if (quietNanos >= silenceNanos / 3) {
            Exchange question = askForHealth.get();
            question.endAfter(loop, Duration.ofNanos(silenceNanos / 3));
            question.outcome().thenAccept(this::hear);
        }
    }

    private void hear(HttpOutcome outcome) {
        if (outcome instanceof HttpOutcome.Answered) {
            heardNanos = System.nanoTime();
        }
    }
}
