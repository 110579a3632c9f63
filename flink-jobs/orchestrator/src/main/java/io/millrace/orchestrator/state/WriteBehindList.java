package io.millrace.orchestrator.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to lists since they were written; what is behind stays there.
 *
 * @param <E> immutable
 */
final class WriteBehindList<K, E> implements ListState<E>, WriteBehindState {
    static final int MAX_ITEMS = 4_096;

    private final ListState<E> behind;
    private final CurrentKey<K> current;
    private final int maxItems;
    private final Map<K, Change<E>> changes = new LinkedHashMap<>();
    /** Of all changes, each change one more. */
    private int items;

    /** @param replaces the items take the place of what is behind, and do not follow it */
    private record Change<E>(boolean replaces, List<E> items) {}

    WriteBehindList(ListState<E> behind, CurrentKey<K> current, int maxItems) {
        this.behind = behind;
        this.current = current;
        this.maxItems = maxItems;
    }

    @Override
    public @Nullable Iterable<E> get() throws Exception {
        Change<E> change = changes.get(current.get());
        if (change == null) {
            return behind.get();
        }
        List<E> all = new ArrayList<>();
        Iterable<E> stored = change.replaces() ? null : behind.get();
        if (stored != null) {
            stored.forEach(all::add);
        }
        all.addAll(change.items());
        return all;
    }

    @Override
    public void add(E item) throws Exception {
        addAll(List.of(item));
    }

    @Override
    public void addAll(List<E> more) throws Exception {
        Change<E> change = changes.get(current.get());
        if (change == null) {
            changes.put(current.get(), new Change<>(false, new ArrayList<>(more)));
        } else {
            change.items().addAll(more);
        }
        grown(more.size() + 1);
    }

    @Override
    public void update(List<E> all) throws Exception {
        changes.put(current.get(), new Change<>(true, new ArrayList<>(all)));
        grown(all.size() + 1);
    }

    @Override
    public void clear() {
        changes.put(current.get(), new Change<>(true, new ArrayList<>()));
        items++;
    }

    @Override
    public void write() throws Exception {
        current.restoring(() -> {
            for (Map.Entry<K, Change<E>> each : changes.entrySet()) {
                current.select().accept(each.getKey());
                write(each.getValue());
            }
        });
        changes.clear();
        items = 0;
    }

    private void write(Change<E> change) throws Exception {
        if (!change.replaces()) {
            behind.addAll(change.items());
        } else if (change.items().isEmpty()) {
            behind.clear();
        } else {
            behind.update(change.items());
        }
    }

    private void grown(int by) throws Exception {
        items += by;
        if (items > maxItems) {
            write();
        }
    }
}
