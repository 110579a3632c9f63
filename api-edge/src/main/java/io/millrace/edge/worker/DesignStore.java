package io.millrace.edge.worker;

import java.util.List;
import reactor.core.publisher.Mono;

/** Layers that workers made for posters. Every call fails with a 503 problem while the database is down. */
interface DesignStore {
    /**
     * Puts layers into a poster of the owner's. Those that a worker made under its own name become the owner's, with their elements; a
     * layer that the owner has already keeps what it is.
     */
    Mono<Void> adopt(String workerId, String ownerId, String posterId, List<String> layers);
}
