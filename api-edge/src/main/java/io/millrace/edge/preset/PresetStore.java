package io.millrace.edge.preset;

import java.util.List;
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

    /**
     * Presets of a user by id, from the lowest on.
     *
     * @param type for tasks of this type; null: any
     * @param text occurs in id or name; null: any
     * @param after ids above this one; null: all
     */
    Mono<List<Preset>> page(
            String userId, @Nullable String type, @Nullable String text, @Nullable String after, int limit);

    /**
     * Removes a preset.
     *
     * @param expected the version it must have; null: whatever it is
     * @return the version it had, 0: there was none, -1: it has another one
     */
    Mono<Long> delete(String userId, String id, @Nullable Long expected);
}
