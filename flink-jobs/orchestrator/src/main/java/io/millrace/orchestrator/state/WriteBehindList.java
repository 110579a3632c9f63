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
final class WriteBehindList<K, E> implements ListState<E>, WrittenBehind {
    static final int MAX_ITEMS = 4_096;

    private final ListState<E> behind;
    private final Keys<K> keys;
    private final int maxItems;
    private final Map<K, Change<E>> changes = new LinkedHashMap<>();
    /** Of all changes, each change one more. */
    private int items;

    /** @param replaces the items take the place of what is behind, and do not follow it */
    private record Change<E>(boolean replaces, List<E> items) {}

    WriteBehindList(ListState<E> behind, Keys<K> keys, int maxItems) {
        this.behind = behind;
        this.keys = keys;
        this.maxItems = maxItems;
    }

    @Override
    public @Nullable Iterable<E> get() throws Exception {
        Change<E> change = changes.get(keys.now());
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
        Change<E> change = changes.get(keys.now());
        if (change == null) {
            changes.put(keys.now(), new Change<>(false, new ArrayList<>(more)));
        } else {
            change.items().addAll(more);
        }
        grown(more.size() + 1);
    }

    @Override
    public void update(List<E> all) throws Exception {
        changes.put(keys.now(), new Change<>(true, new ArrayList<>(all)));
        grown(all.size() + 1);
    }

    @Override
    public void clear() {
        changes.put(keys.now(), new Change<>(true, new ArrayList<>()));
        items++;
    }

    @Override
    public void write() throws Exception {
        keys.andBack(() -> {
            for (Map.Entry<K, Change<E>> each : changes.entrySet()) {
                keys.select().accept(each.getKey());
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
