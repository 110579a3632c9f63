package io.millrace.edge.task;

import reactor.core.publisher.Mono;

/** Brings the live view up to what the logs hold at this moment. */
public interface ReadThrough {
    /** Completes when everything written before this call is in the view; fails with a 503 problem after two seconds. */
    Mono<Void> toEnd();
}
