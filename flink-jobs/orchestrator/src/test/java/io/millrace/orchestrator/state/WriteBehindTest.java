package io.millrace.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WriteBehindTest {
    private static final int RUNS = 3_000;
    private static final int STEPS = 80;
    private static final int KEYS = 6;
    /** From room for one value to room for all. */
    private static final List<Long> ROOMS = List.of(1L, 500L, 1_000_000L);

    private final Behind behind = new Behind();

    /** Reads, changes, checkpoints and restarts from the last of them. */
    @Test
    void valuesAreWhatTheyWereSetToAndCheckpointsHoldThemAll() throws Exception {
        for (int seed = 0; seed < RUNS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            behind.values.clear();
            long room = ROOMS.get(random.nextInt(ROOMS.size()));
            Map<String, String> expected = new HashMap<>();
            Map<String, String> checkpoint = Map.of();
            WriteBehindValue<String, String> state = new WriteBehindValue<>(behind.value, behind.key, room);
            for (int i = 0; i < STEPS; i++) {
                String key = "k" + random.nextInt(KEYS);
                behind.select(key);
                switch (random.nextInt(10)) {
                    case 0 -> {
                        state.write();
                        assertThat(behind.values)
                                .as("seed %d, step %d", seed, i)
                                .isEqualTo(expected);
                        checkpoint = Map.copyOf(expected);
                    }
                    case 1 -> {
                        behind.values.clear();
                        behind.values.putAll(checkpoint);
                        expected = new HashMap<>(checkpoint);
                        state = new WriteBehindValue<>(behind.value, behind.key, room);
                    }
                    case 2, 3 -> {
                        state.clear();
                        expected.remove(key);
                    }
                    case 4, 5, 6 -> {
                        state.update("v" + i);
                        expected.put(key, "v" + i);
                    }
                    default -> {
                        // Only looked at.
                    }
                }
                assertThat(behind.key.get()).isEqualTo(key);
                assertThat(state.value()).as("seed %d, step %d", seed, i).isEqualTo(expected.get(key));
            }
        }
    }

    @Test
    void listsAreWhatWasDoneToThemAndCheckpointsHoldThemAll() throws Exception {
        for (int seed = 0; seed < RUNS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            behind.lists.clear();
            int room = 1 + random.nextInt(20);
            Map<String, List<String>> expected = new HashMap<>();
            Map<String, List<String>> checkpoint = Map.of();
            WriteBehindList<String, String> state = new WriteBehindList<>(behind.list, behind.key, room);
            for (int i = 0; i < STEPS; i++) {
                String key = "k" + random.nextInt(KEYS);
                behind.select(key);
                switch (random.nextInt(10)) {
                    case 0 -> {
                        state.write();
                        assertThat(behind.lists).as("seed %d, step %d", seed, i).isEqualTo(expected);
                        checkpoint = copy(expected);
                    }
                    case 1 -> {
                        behind.lists.clear();
                        behind.lists.putAll(copy(checkpoint));
                        expected = copy(checkpoint);
                        state = new WriteBehindList<>(behind.list, behind.key, room);
                    }
                    case 2, 3 -> {
                        state.clear();
                        expected.remove(key);
                    }
                    case 4, 5 -> {
                        state.update(List.of("a" + i, "b" + i));
                        expected.put(key, new ArrayList<>(List.of("a" + i, "b" + i)));
                    }
                    case 6, 7, 8 -> {
                        state.add("c" + i);
                        expected.computeIfAbsent(key, none -> new ArrayList<>()).add("c" + i);
                    }
                    default -> {
                        // Only looked at.
                    }
                }
                assertThat(behind.key.get()).isEqualTo(key);
                Iterable<String> seen = state.get();
                assertThat(seen == null ? List.of() : seen)
                        .as("seed %d, step %d", seed, i)
                        .containsExactlyElementsOf(expected.getOrDefault(key, List.of()));
            }
        }
    }

    @Test
    void whatChangesManyTimesIsWrittenOnceAndWhatComesAndGoesNever() throws Exception {
        WriteBehindValue<String, String> state =
                new WriteBehindValue<>(behind.value, behind.key, WriteBehindValue.MAX_BYTES);
        behind.select("short");
        assertThat(state.value()).isNull();
        state.update("begun");
        state.clear();
        behind.select("long");
        for (int i = 0; i < 20; i++) {
            state.update("step " + i);
        }

        state.write();
        state.write();

        assertThat(behind.values).containsExactly(Map.entry("long", "step 19"));
        assertThat(behind.writes).isEqualTo(1);
    }

    private static Map<String, List<String>> copy(Map<String, List<String>> lists) {
        Map<String, List<String>> copy = new HashMap<>();
        lists.forEach((key, items) -> copy.put(key, new ArrayList<>(items)));
        return copy;
    }
}
