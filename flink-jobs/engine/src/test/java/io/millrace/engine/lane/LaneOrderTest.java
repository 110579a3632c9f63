package io.millrace.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Effect;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.v1.LaneState;
import io.millrace.schemas.v1.StillHere;
import io.millrace.schemas.workflow.Definitions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The order in which a lane gives out its slots. */
class LaneOrderTest {
    private static final String LANE = "poster";
    private static final int SLOTS = Definitions.shipped().lane(LANE).concurrency();

    private final RunningLane lane = new RunningLane(LANE, Definitions.shipped());

    @Test
    void higherPriorityGoesFirst() {
        fillSlots();
        enqueue("low", "a", 1);
        enqueue("high", "a", 9);
        enqueue("middle", "a", 5);

        assertThat(drain(3)).containsExactly("high", "middle", "low");
    }

    @Test
    void waitingRaisesPriority() {
        fillSlots();
        enqueue("old", "a", 0);
        lane.now += LaneMachine.AGEING.toMillis() * 2;
        enqueue("young", "a", 1);

        assertThat(drain(2)).containsExactly("old", "young");
    }

    @Test
    void tenantsTakeTurns() {
        fillSlots();
        for (int i = 0; i < 100; i++) {
            enqueue("big-" + i, "big", 5);
        }
        enqueue("small-0", "small", 5);
        enqueue("small-1", "small", 5);

        assertThat(drain(5)).containsExactly("big-0", "small-0", "big-1", "small-1", "big-2");
    }

    @Test
    void oneTenantIsServedInOrderOfArrivalAcrossPages() {
        fillSlots();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            enqueue("task-" + i, "a", 5);
            expected.add("task-" + i);
        }

        assertThat(drain(5_000)).isEqualTo(expected);
        assertThat(lane.pages).isEmpty();
    }

    @Test
    void queuesWithoutPagesTakeNoNumber() {
        fillSlots();
        for (int i = 0; i < LaneQueue.FRONT; i++) {
            enqueue("task-" + i, "a", 5);
        }
        assertThat(lane.state.getNextQueue()).isZero();

        enqueue("on-a-page", "a", 5);

        assertThat(lane.state.getNextQueue()).isEqualTo(1);
        assertThat(lane.pages).containsOnlyKeys(1L << 32);
    }

    @Test
    void numbersComeRoundPastThoseInUse() {
        fillSlots();
        lane.state = lane.state.toBuilder().setNextQueue(Integer.MAX_VALUE).build();
        for (int i = 0; i < 20; i++) {
            enqueue("long-" + i, "long", 5);
        }
        lane.state = lane.state.toBuilder().setNextQueue(Integer.MAX_VALUE - 1).build();
        for (int i = 0; i < 20; i++) {
            enqueue("second-" + i, "second", 5);
            enqueue("third-" + i, "third", 5);
        }

        assertThat(lane.pages).containsOnlyKeys(1L << 32, (long) Integer.MAX_VALUE << 32, 2L << 32);
        List<String> granted = drain(60);
        for (String user : List.of("long", "second", "third")) {
            assertThat(granted)
                    .filteredOn(task -> task.startsWith(user))
                    .isEqualTo(
                            IntStream.range(0, 20).mapToObj(i -> user + "-" + i).toList());
        }
        assertThat(lane.pages).isEmpty();
    }

    @Test
    void aMillionWaitingEntriesDoNotGrowTheHead() {
        fillSlots();
        for (int i = 0; i < 20_000; i++) {
            enqueue("task-" + i, "user-" + i % 5_000, i % 10);
        }

        assertThat(lane.state.getWaiting()).isEqualTo(20_000);
        int entries = lane.state.getLevelsList().stream()
                .flatMap(level -> level.getTenantsList().stream())
                .mapToInt(queue -> 1 + queue.getFrontCount())
                .sum();
        assertThat(entries).isLessThanOrEqualTo(10 * (LaneQueue.TENANTS + LaneQueue.BUCKETS) * (2 * LaneQueue.FRONT));
    }

    @Test
    void randomEnqueuesAndReleasesLoseAndRepeatNothing() {
        for (long seed = 0; seed < 300; seed++) {
            RunningLane lane = new RunningLane(LANE, Definitions.shipped());
            SplittableRandom random = new SplittableRandom(seed);
            int enqueued = 0;
            int released = 0;
            for (int i = 0; i < 400; i++) {
                if (random.nextInt(3) > 0) {
                    lane.enqueue("task-" + enqueued++, "user-" + random.nextInt(90), random.nextInt(10));
                } else if (released < lane.granted.size()) {
                    lane.release(lane.granted.get(released++));
                }
                lane.now += random.nextInt(5_000);
                assertThat(lane.state.getHoldersCount()).isLessThanOrEqualTo(SLOTS);
            }
            while (released < lane.granted.size()) {
                lane.release(lane.granted.get(released++));
            }
            assertThat(lane.granted).as("seed %s", seed).doesNotHaveDuplicates().hasSize(enqueued);
        }
    }

    @Test
    void givingASlotBackTwiceChangesNothing() {
        fillSlots();
        release("holder-0");
        LaneState once = lane.state;

        release("holder-0");

        assertThat(lane.state).isEqualTo(once);
    }

    @Test
    void aSilentHolderIsAskedAndKeepsItsSlotWhenItAnswers() {
        enqueue("silent", "a", 5);
        lane.now += LaneWatch.SILENCE.toMillis();
        LaneMessage timer = LaneMessage.newBuilder()
                .setTimer(io.millrace.schemas.v1.LaneTimer.newBuilder().setKind("watch"))
                .build();

        List<Effect> effects = lane.apply(timer);

        assertThat(effects)
                .anyMatch(effect ->
                        effect instanceof Effect.ToTask to && to.message().hasStillThere());
        lane.apply(LaneMessage.newBuilder()
                .setStillHere(StillHere.newBuilder().setTaskId("silent").setTicket(1))
                .build());
        assertThat(lane.apply(timer))
                .noneMatch(effect ->
                        effect instanceof Effect.ToTask to && to.message().hasStillThere());
    }

    private void fillSlots() {
        for (int i = 0; i < SLOTS; i++) {
            enqueue("holder-" + i, "holder", 9);
        }
        lane.granted.clear();
    }

    /** Frees slots one by one and answers what is granted into them. */
    private List<String> drain(int count) {
        for (int i = 0; i < SLOTS && lane.granted.size() < count; i++) {
            release("holder-" + i);
        }
        for (int i = 0; lane.granted.size() < count; i++) {
            release(lane.granted.get(i));
        }
        return lane.granted.subList(0, count);
    }

    private void enqueue(String task, String user, int priority) {
        lane.enqueue(task, user, priority);
    }

    private void release(String task) {
        lane.release(task);
    }
}
