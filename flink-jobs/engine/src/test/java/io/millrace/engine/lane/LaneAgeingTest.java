package io.millrace.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.workflow.Definitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who waits long is not overtaken for ever, whatever comes and whoever's turn it is. */
class LaneAgeingTest {
    private static final String LANE = "single";
    private static final int RUNS = 500;
    private static final long AGEING = 60_000;

    @TempDir
    private Path folder;

    private Definitions definitions = Definitions.shipped();

    @BeforeEach
    void define() throws IOException {
        Files.writeString(folder.resolve("lanes.yaml"), """
                lanes:
                  single:
                    concurrency: 1
                    tenants:
                      agency: {weight: 3}
                """);
        definitions = Definitions.shippedAnd(folder);
    }

    @Test
    void nobodyWaitsUntilThoseBeforeItInTheCircleAreOldAsWell() {
        Busy busy = new Busy();

        busy.at(1, "b1", "bob");
        busy.at(1, "b2", "bob");
        busy.at(1, "b3", "bob");
        busy.at(500, "x1", "xen");
        busy.at(1_000, "y1", "yan");
        busy.run(1_800);

        assertThat(busy.served.get("b1")).isBetween(541L, 545L);
        assertThat(busy.served.get("b2")).isBetween(541L, 547L);
        assertThat(busy.served.get("b3")).isBetween(541L, 549L);
        assertThat(busy.served.get("y1")).isBetween(1_540L, 1_545L);
    }

    @Test
    void nobodyWaitsForTheNewEntriesOfOneWhoHasMoreTurns() {
        Busy busy = new Busy();

        busy.at(1, "a1", "agency");
        busy.at(2, "b1", "bob");
        busy.at(500, "a2", "agency");
        busy.at(501, "a3", "agency");
        busy.run(1_800);

        assertThat(busy.served.get("b1")).isBetween(542L, 550L);
    }

    /** What is granted stands beside an entry of its priority that no entry of another priority outranks. */
    @Test
    void aPriorityIsAsUrgentAsTheOldestThatWaitsInIt() {
        int overtaken = 0;
        for (long seed = 0; seed < RUNS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RunningLane lane = new RunningLane(LANE, definitions);
            Map<String, Entry> waiting = new HashMap<>();
            for (int i = 0; i < 200; i++) {
                lane.now += random.nextInt(40_000);
                int before = lane.granted.size();
                if (random.nextInt(5) < 3) {
                    int priority = random.nextInt(10);
                    waiting.put("task-" + i, new Entry(priority, lane.now));
                    lane.enqueue("task-" + i, "user-" + random.nextInt(5), priority);
                } else if (lane.state.getHoldersCount() > 0) {
                    lane.release(lane.state.getHolders(0).getTaskId());
                }
                for (String granted : lane.granted.subList(before, lane.granted.size())) {
                    overtaken += check(waiting, Objects.requireNonNull(waiting.get(granted)), granted, seed);
                    waiting.remove(granted);
                }
            }
        }
        assertThat(overtaken).as("grants that overtook an older entry").isGreaterThan(RUNS);
    }

    private static int check(Map<String, Entry> waiting, Entry entry, String granted, long seed) {
        int priority = entry.priority();
        long oldest = waiting.values().stream()
                .filter(other -> other.priority() == priority)
                .mapToLong(Entry::since)
                .min()
                .orElseThrow();
        for (Entry other : waiting.values()) {
            if (other.priority() != priority) {
                assertThat(oldest - other.since())
                        .as("seed %d: %s before one of %d", seed, granted, other.priority())
                        .isLessThanOrEqualTo(AGEING * (priority - other.priority()));
            }
        }
        return waiting.values().stream().anyMatch(other -> other.since() < entry.since()) ? 1 : 0;
    }

    private record Entry(int priority, long since) {}

    /** One slot, a task of the highest priority each second, and one that ends each second. */
    private final class Busy {
        final Map<String, Long> served = new LinkedHashMap<>();
        private final RunningLane lane = new RunningLane(LANE, definitions);
        private final Map<Long, Deque<String[]>> submits = new HashMap<>();
        private final long begin = lane.now;

        void at(long second, String task, String user) {
            submits.computeIfAbsent(second, at -> new ArrayDeque<>()).add(new String[] {task, user});
        }

        void run(long seconds) {
            lane.enqueue("urgent-first", "zed", 9);
            for (long second = 0; second < seconds; second++) {
                lane.now = begin + second * 1_000;
                submits.getOrDefault(second, new ArrayDeque<>())
                        .forEach(submit -> lane.enqueue(submit[0], submit[1], 0));
                lane.enqueue("urgent-" + second, "zed", 9);
                lane.release(lane.state.getHolders(0).getTaskId());
                served.put(lane.granted.get(lane.granted.size() - 1), second);
            }
        }
    }
}
