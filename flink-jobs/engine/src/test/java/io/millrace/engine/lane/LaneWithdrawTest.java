package io.millrace.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.schemas.v1.LaneHead;
import io.millrace.schemas.workflow.Definitions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is cancelled or paused while it waits counts no more, wherever in the queue it stands. */
class LaneWithdrawTest {
    private static final Definitions SHIPPED = Definitions.shipped();
    private static final String LANE = "train";
    private static final int SLOTS = SHIPPED.lane(LANE).concurrency();

    private final RunningLane lane = new RunningLane(LANE, SHIPPED);

    private LaneHead head() {
        return headOf(lane);
    }

    private void fillSlots() {
        for (int i = 0; i < SLOTS; i++) {
            lane.enqueue("first-" + i, "a", 5);
        }
    }

    @Test
    void whoIsLeftIsTheOnlyOneThatWaits() {
        fillSlots();
        for (int i = 0; i < 200; i++) {
            lane.enqueue("gone-" + i, "a", 5);
        }
        for (int i = 0; i < 200; i++) {
            lane.withdraw("gone-" + i, "a", 5);
        }
        lane.enqueue("left", "a", 5);

        assertThat(head().getWaiting()).isEqualTo(1);
        assertThat(head().getQueues(0).getWaiting()).isEqualTo(1);
        assertThat(
                        lane.told.get(lane.told.size() - 1).hasQueued()
                                ? lane.told
                                        .get(lane.told.size() - 1)
                                        .getQueued()
                                        .getWithdrawn()
                                : -1)
                .as("those on pages, before it")
                .isEqualTo(lane.state.getLevels(0).getTenants(0).getWithdrawn());
    }

    @Test
    void aSlotOnItsWayToWhoWithdrewComesBackOnce() {
        fillSlots();
        lane.enqueue("next", "a", 5);

        lane.withdraw("first-0", "a", 5);

        assertThat(lane.granted).endsWith("next");
        lane.decline("first-0");
        assertThat(lane.state.getHoldersCount()).isEqualTo(SLOTS);
    }

    @Test
    void thousandsOfRandomWithdrawalsLoseNobody() {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RunningLane tried = new RunningLane(LANE, SHIPPED);
            Set<String> waiting = new LinkedHashSet<>();
            Set<String> gone = new LinkedHashSet<>();
            List<String> served = new ArrayList<>();
            List<String> holding = new ArrayList<>();
            int seen = 0;
            for (int step = 0; step < 600 || !waiting.isEmpty() || !holding.isEmpty(); step++) {
                int action = step < 600 ? random.nextInt(10) : 9;
                if (action < 6) {
                    String task = "t" + step + "-" + random.nextInt(3) + "-" + random.nextInt(2);
                    waiting.add(task);
                    tried.enqueue(task, user(task), priority(task));
                } else if (action < 8 && !waiting.isEmpty()) {
                    String task = waiting.stream()
                            .skip(random.nextInt(waiting.size()))
                            .findFirst()
                            .orElseThrow();
                    waiting.remove(task);
                    gone.add(task);
                    tried.withdraw(task, user(task), priority(task));
                } else if (!holding.isEmpty()) {
                    tried.release(holding.remove(0));
                }
                for (; seen < tried.granted.size(); seen++) {
                    String task = tried.granted.get(seen);
                    if (gone.contains(task)) {
                        tried.decline(task);
                    } else {
                        waiting.remove(task);
                        served.add(task);
                        holding.add(task);
                    }
                }
                assertThat(step).as("seed %s: %s", seed, tried.state).isLessThan(5_000);
                LaneHead head = headOf(tried);
                assertThat(head.getWaiting()).as("seed %s step %s", seed, step).isEqualTo(waiting.size());
            }
            assertThat(tried.state.getWaiting()).isZero();
            assertThat(served).doesNotHaveDuplicates().doesNotContainAnyElementsOf(gone);
        }
    }

    private static LaneHead headOf(RunningLane other) {
        List<Effect> out = new ArrayList<>();
        LaneReports.head(SHIPPED.lane(LANE), other.state.toBuilder(), new Moment(other.now, 1), out);
        return ((Effect.Tell) out.get(0)).progress().getLane();
    }

    private static String user(String task) {
        return "u" + task.split("-", -1)[1];
    }

    private static int priority(String task) {
        return 3 + Integer.parseInt(task.split("-", -1)[2]);
    }
}
