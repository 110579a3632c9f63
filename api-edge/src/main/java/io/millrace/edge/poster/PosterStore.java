package io.millrace.edge.poster;

import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Posters as JSON with artifact references still in it. Fails with a 503 problem while the database is down. */
interface PosterStore {
    /** The poster alone; empty when there is none. */
    Mono<ObjectNode> poster(String id);

    /** Adds {@code layers} and {@code elements} to {@code {"poster": ...}}. */
    Mono<ObjectNode> full(ObjectNode poster);
}
