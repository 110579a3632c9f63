package io.millrace.orchestrator.state;

import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ValueState;
import org.jspecify.annotations.Nullable;

/**
 * Values that were used last, in front of where they are written.
 *
 * @param <V> immutable: what is kept is handed out
 */
final class WriteBehindValue<K, V> implements ValueState<V>, WriteBehindState {
    static final long MAX_BYTES = 64L << 20;

    private final ValueState<V> behind;
    private final CurrentKey<K> current;
    private final long maxBytes;
    /** The one used longest ago first. */
    private final Map<K, Kept<V>> recent = new LinkedHashMap<>(256, 0.75f, true);
    /** Of {@link #recent}, in the order in which they changed first. */
    private final Set<K> changed = new LinkedHashSet<>();

    private long bytes;

    /**
     * @param stored there may be something behind
     * @param bytes about what it takes
     */
    private record Kept<V>(@Nullable V value, boolean stored, int bytes) {
        static <V> Kept<V> of(@Nullable V value, boolean stored) {
            return new Kept<>(
                    value, stored, 200 + (value instanceof MessageLite message ? message.getSerializedSize() : 0));
        }
    }

    WriteBehindValue(ValueState<V> behind, CurrentKey<K> current, long maxBytes) {
        this.behind = behind;
        this.current = current;
        this.maxBytes = maxBytes;
    }

    @Override
    public @Nullable V value() throws IOException {
        K key = current.get();
        Kept<V> known = recent.get(key);
        if (known != null) {
            return known.value();
        }
        V read = behind.value();
        keep(key, Kept.of(read, read != null));
        return read;
    }

    @Override
    public void update(@Nullable V value) throws IOException {
        K key = current.get();
        Kept<V> known = recent.get(key);
        boolean stored = known == null || known.stored();
        if (value == null && !stored) {
            // It has come and gone, and nothing of it was ever written.
            changed.remove(key);
        } else {
            changed.add(key);
        }
        keep(key, Kept.of(value, stored));
    }

    @Override
    public void clear() {
        try {
            update(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write() throws IOException {
        current.restoring(() -> {
            for (K key : changed) {
                Kept<V> kept = recent.get(key);
                if (kept != null) {
                    write(key, kept);
                    recent.put(key, new Kept<>(kept.value(), kept.value() != null, kept.bytes()));
                }
            }
        });
        changed.clear();
    }

    private void write(K key, Kept<V> kept) throws IOException {
        current.select().accept(key);
        if (kept.value() == null) {
            behind.clear();
        } else {
            behind.update(kept.value());
        }
    }

    private void keep(K key, Kept<V> kept) throws IOException {
        Kept<V> before = recent.put(key, kept);
        bytes += kept.bytes() - (before == null ? 0 : before.bytes());
        while (bytes > maxBytes && recent.size() > 1) {
            leave(recent.entrySet().iterator().next());
        }
    }

    private void leave(Map.Entry<K, Kept<V>> oldest) throws IOException {
        K key = oldest.getKey();
        Kept<V> kept = oldest.getValue();
        if (changed.contains(key)) {
            current.restoring(() -> write(key, kept));
            changed.remove(key);
        }
        recent.remove(key);
        bytes -= kept.bytes();
    }
}
