package io.millrace.edge.worker;

import java.util.List;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Posters, layers and elements that are handed in. Every call fails with a 503 problem while the database is down. */
interface DesignStore {
    /** Inserts a poster with the fields of its table. @return as it is kept */
    Mono<ObjectNode> createPoster(ObjectNode poster);

    /** Inserts elements for a user, and the layers they name that are not there yet. @return as they are kept, in order */
    Mono<List<ObjectNode>> createElements(String userId, List<ObjectNode> elements);

    /**
     * Puts layers into a poster of the owner's. Those that a worker made under its own name become the owner's, with their elements; a
     * layer that the owner has already keeps what it is.
     */
    Mono<Void> adopt(String workerId, String ownerId, String posterId, List<String> layers);
}
