package io.millrace.orchestrator.function;

import com.google.protobuf.MessageLite;
import io.millrace.orchestrator.config.StateBackend;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.statefun.sdk.Address;
import org.apache.flink.statefun.sdk.state.PersistedValue;
import org.jspecify.annotations.Nullable;

/**
 * A value of state and, where it is kept in RocksDB, in front of it those of the addresses that were used last, which would be read
 * and parsed again for every message. What is written goes through at once; a job that is restored begins with nothing here.
 * Belongs to the one thread of a subtask.
 *
 * @param <T> immutable
 */
final class Kept<T extends MessageLite> {
    private static final long MAX_BYTES = 64L << 20;

    /** State of the address that is current. */
    interface Written<T> {
        @Nullable
        T get();

        /** @param before what was written last, if it is known */
        void set(@Nullable T before, T after);

        void clear();
    }

    private final Written<T> state;
    private final boolean remembers;
    /** The one used longest ago first. */
    private final Map<String, T> recent = new LinkedHashMap<>(256, 0.75f, true);

    private long bytes;

    Kept(PersistedValue<T> state, StateBackend backend) {
        this(whole(state), backend);
    }

    Kept(Written<T> state, StateBackend backend) {
        this.state = state;
        this.remembers = backend == StateBackend.ROCKSDB;
    }

    @Nullable
    T get(Address self) {
        if (!remembers) {
            return state.get();
        }
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
        state.set(recent.get(self.id()), value);
        if (remembers) {
            remember(self, value);
        }
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

    private static <T> Written<T> whole(PersistedValue<T> value) {
        return new Written<>() {
            @Override
            public @Nullable T get() {
                return value.get();
            }

            @Override
            public void set(@Nullable T before, T after) {
                value.set(after);
            }

            @Override
            public void clear() {
                value.clear();
            }
        };
    }
}
