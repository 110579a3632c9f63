package io.millrace.orchestrator.function;

import java.util.List;
import org.apache.flink.statefun.sdk.state.PersistedAppendingBuffer;
import org.jspecify.annotations.Nullable;

/** Lists that mostly grow, kept so that what was written is not written again. */
final class Appending {
    private Appending() {}

    static <T> Iterable<T> read(PersistedAppendingBuffer<T> buffer) {
        Iterable<T> all = buffer.view();
        return all == null ? List.of() : all;
    }

    /** @param known what the buffer holds, null when that is not known; told by identity: decisions leave as it is what they do not touch */
    static <T> void write(PersistedAppendingBuffer<T> buffer, @Nullable List<T> known, List<T> now) {
        if (known != null && begins(now, known)) {
            now.subList(known.size(), now.size()).forEach(buffer::append);
        } else {
            buffer.replaceWith(now);
        }
    }

    private static <T> boolean begins(List<T> now, List<T> known) {
        if (known.size() > now.size()) {
            return false;
        }
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i) != now.get(i)) {
                return false;
            }
        }
        return true;
    }
}
