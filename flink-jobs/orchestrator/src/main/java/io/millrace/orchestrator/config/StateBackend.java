package io.millrace.orchestrator.config;

import io.millrace.schemas.config.Options;
import java.util.Locale;

/** Where Flink keeps the state of a running job. */
public enum StateBackend {
    /** On the heap: about a quarter faster; state must fit into memory, and every checkpoint writes all of it. */
    HASHMAP,
    /** On the local disk of each task manager, behind a memory of what was used last; a checkpoint writes what has changed. */
    ROCKSDB;

    /** As the option has it. */
    String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static StateBackend of(Options options) {
        String text = options.find("state-backend").orElse(HASHMAP.optionName());
        for (StateBackend backend : values()) {
            if (backend.optionName().equals(text)) {
                return backend;
            }
        }
        throw new IllegalArgumentException("--state-backend must be hashmap or rocksdb, not " + text);
    }
}
