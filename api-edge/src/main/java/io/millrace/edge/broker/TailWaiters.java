package io.millrace.edge.broker;

import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Those who wait until a tail has read up to certain offsets. */
final class TailWaiters {
    private static final int MAX_WAITING = 10_000;

    private record Waiter(Map<TopicPartition, Long> ends, Sinks.Empty<Void> reached) {}

    private final ConcurrentLinkedQueue<Waiter> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    /** Completes, on another thread than the tail's, once the positions are reached. */
    Mono<Void> until(Map<TopicPartition, Long> ends) {
        return Mono.defer(() -> {
            if (count.incrementAndGet() > MAX_WAITING) {
                count.decrementAndGet();
                return Mono.error(new IllegalStateException("too many readers wait for the log"));
            }
            Waiter waiter = new Waiter(ends, Sinks.empty());
            waiting.add(waiter);
            return waiter.reached().asMono().publishOn(Schedulers.parallel()).doFinally(end -> {
                waiting.remove(waiter);
                count.decrementAndGet();
            });
        });
    }

    void release(Predicate<Map<TopicPartition, Long>> reached) {
        for (Waiter waiter : waiting) {
            if (reached.test(waiter.ends())) {
                waiter.reached().tryEmitEmpty();
            }
        }
    }
}
