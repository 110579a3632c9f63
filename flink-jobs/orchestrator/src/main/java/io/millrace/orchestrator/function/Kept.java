package io.millrace.orchestrator.function;

import com.google.protobuf.MessageLite;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.statefun.sdk.Address;
import org.apache.flink.statefun.sdk.state.PersistedValue;
import org.jspecify.annotations.Nullable;

/**
 * A value of state and, in front of it, those of the addresses that were used last: RocksDB would read and parse each of them again for
 * every message. What is written goes through at once; a job that is restored begins with nothing here. Belongs to the one thread of a
 * subtask.
 *
 * @param <T> immutable
 */
final class Kept<T extends MessageLite> {
    private static final long MAX_BYTES = 64L << 20;

    private final PersistedValue<T> state;
    /** The one used longest ago first. */
    private final Map<String, T> recent = new LinkedHashMap<>(256, 0.75f, true);

    private long bytes;

    Kept(PersistedValue<T> state) {
        this.state = state;
    }

    @Nullable
    T get(Address self) {
        T known = recent.get(self.id());
        if (known != null) {
            return known;
        }
        T read = state.get();
        if (read != null) {
            remember(self, read);
        }
        return read;
    }

    void set(Address self, T value) {
        state.set(value);
        remember(self, value);
    }

    void clear(Address self) {
        state.clear();
        forget(recent.remove(self.id()));
    }

    private void remember(Address self, T value) {
        forget(recent.put(self.id(), value));
        bytes += value.getSerializedSize();
        for (Iterator<T> oldest = recent.values().iterator(); bytes > MAX_BYTES && oldest.hasNext(); ) {
            forget(oldest.next());
            oldest.remove();
        }
    }

    private void forget(@Nullable T value) {
        if (value != null) {
            bytes -= value.getSerializedSize();
        }
    }
}
