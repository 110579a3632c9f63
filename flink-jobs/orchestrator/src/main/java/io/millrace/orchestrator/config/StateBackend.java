package io.millrace.orchestrator.config;

import io.millrace.schemas.config.Options;
import java.util.Locale;

/** Where Flink keeps the state of a running job. */
public enum StateBackend {
    /** On the heap: about three times as fast; state must fit into memory, and every checkpoint writes all of it. */
    HASHMAP,
    /** On the local disk of each task manager; a checkpoint writes what has changed. */
    ROCKSDB;

    /** As Flink's {@code state.backend.type} has it. */
    public String flinkName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static StateBackend of(Options options) {
        String text = options.find("state-backend").orElse(HASHMAP.flinkName());
        for (StateBackend backend : values()) {
            if (backend.flinkName().equals(text)) {
                return backend;
            }
        }
        throw new IllegalArgumentException("--state-backend must be hashmap or rocksdb, not " + text);
    }
}
