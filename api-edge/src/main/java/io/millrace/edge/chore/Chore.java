package io.millrace.edge.chore;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** Recurring work that one edge does for all of them. */
public interface Chore {
    /** Names its lease; the same on every edge. */
    String name();

    /** From one round to the next, on average. A round that lasts as long is broken off. */
    Duration every();

    /** One round. @return how many things it has done; a failure is logged, and the next round comes in its time */
    Mono<Long> round();
}
