package io.millrace.edge.preset;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Where presets are kept. Every call fails with a 503 problem while the database is down. */
interface PresetStore {
    /** Empty when the user has none of this name. */
    Mono<Preset> find(String userId, String id);

    /**
     * Writes the preset with the next version.
     *
     * @param expected the version it must have now, 0: it must not exist; null: whatever it is
     * @return the preset as it is kept; empty when it has another version
     */
    Mono<Preset> save(String userId, Preset preset, @Nullable Long expected);
}
