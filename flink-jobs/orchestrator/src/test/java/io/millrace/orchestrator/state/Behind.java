package io.millrace.orchestrator.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ValueState;
import org.jspecify.annotations.Nullable;

/** What is behind, in maps that can be looked at; the key that is current is said in one place, as a backend does. */
final class Behind {
    final Map<String, String> values = new HashMap<>();
    final Map<String, List<String>> lists = new HashMap<>();
    int writes;

    private @Nullable String current;

    final CurrentKey<String> key = new CurrentKey<>(() -> current, this::select);

    void select(String key) {
        current = key;
    }

    final ValueState<String> value = new ValueState<>() {
        @Override
        public @Nullable String value() {
            return values.get(key.get());
        }

        @Override
        public void update(String value) {
            writes++;
            values.put(key.get(), value);
        }

        @Override
        public void clear() {
            writes++;
            values.remove(key.get());
        }
    };

    final ListState<String> list = new ListState<>() {
        @Override
        public @Nullable Iterable<String> get() {
            return lists.get(key.get());
        }

        @Override
        public void add(String item) {
            addAll(List.of(item));
        }

        @Override
        public void addAll(List<String> items) {
            writes++;
            lists.computeIfAbsent(key.get(), none -> new ArrayList<>()).addAll(items);
        }

        @Override
        public void update(List<String> items) {
            writes++;
            lists.put(key.get(), new ArrayList<>(items));
        }

        @Override
        public void clear() {
            writes++;
            lists.remove(key.get());
        }
    };
}
