package io.millrace.edge.submit;

import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Where submits find the presets they name. */
public interface PresetSource {
    /**
     * The body with {@code preset_id} and {@code override} replaced by what they stand for; a body without {@code preset_id} comes
     * back as it is. Fails with 404 when the user has no such preset, 400 when parameters stand in two places, 503 while the
     * database is down.
     */
    Mono<ObjectNode> filledIn(String userId, ObjectNode body);
}
