package io.millrace.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.schemas.v1.LaneEntry;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.v1.LaneState;
import io.millrace.schemas.v1.PageState;
import io.millrace.schemas.v1.Release;
import io.millrace.schemas.v1.StillHere;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.workflow.Definitions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The order in which a lane gives out its slots. */
class LaneOrderTest {
    private static final String LANE = "poster";
    private static final int SLOTS = Definitions.shipped().lane(LANE).concurrency();

    private final LaneMachine machine = new LaneMachine(Definitions.shipped());
    private final PageMachine pageMachine = new PageMachine();
    private final Map<Long, PageState> pages = new HashMap<>();
    private final List<String> granted = new ArrayList<>();
    private LaneState state = LaneState.getDefaultInstance();
    private long now = 1_000_000;

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
        now += LaneMachine.AGEING.toMillis() * 2;
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
        assertThat(pages).isEmpty();
    }

    @Test
    void aMillionWaitingEntriesDoNotGrowTheHead() {
        fillSlots();
        for (int i = 0; i < 20_000; i++) {
            enqueue("task-" + i, "user-" + i % 5_000, i % 10);
        }

        assertThat(state.getWaiting()).isEqualTo(20_000);
        int entries = state.getLevelsList().stream()
                .flatMap(level -> level.getTenantsList().stream())
                .mapToInt(queue -> 1 + queue.getFrontCount())
                .sum();
        assertThat(entries).isLessThanOrEqualTo(10 * (LaneQueue.TENANTS + LaneQueue.BUCKETS) * (LaneQueue.PAGE + 1));
    }

    @Test
    void randomEnqueuesAndReleasesLoseAndRepeatNothing() {
        for (long seed = 0; seed < 300; seed++) {
            state = LaneState.getDefaultInstance();
            pages.clear();
            granted.clear();
            SplittableRandom random = new SplittableRandom(seed);
            int enqueued = 0;
            int released = 0;
            for (int i = 0; i < 400; i++) {
                if (random.nextInt(3) > 0) {
                    enqueue("task-" + enqueued++, "user-" + random.nextInt(90), random.nextInt(10));
                } else if (released < granted.size()) {
                    release(granted.get(released++));
                }
                now += random.nextInt(5_000);
                assertThat(state.getHoldersCount()).isLessThanOrEqualTo(SLOTS);
            }
            while (released < granted.size()) {
                release(granted.get(released++));
            }
            assertThat(granted).as("seed %s", seed).doesNotHaveDuplicates().hasSize(enqueued);
        }
    }

    @Test
    void givingASlotBackTwiceChangesNothing() {
        fillSlots();
        release("holder-0");
        LaneState once = state;

        release("holder-0");

        assertThat(state).isEqualTo(once);
    }

    @Test
    void aSilentHolderIsAskedAndKeepsItsSlotWhenItAnswers() {
        enqueue("silent", "a", 5);
        now += LaneMachine.SILENCE.toMillis();
        LaneMessage timer = LaneMessage.newBuilder()
                .setTimer(io.millrace.schemas.v1.LaneTimer.newBuilder().setKind("watch"))
                .build();

        List<Effect> effects = apply(timer);

        assertThat(effects)
                .anyMatch(effect ->
                        effect instanceof Effect.ToTask to && to.message().hasStillThere());
        apply(LaneMessage.newBuilder()
                .setStillHere(StillHere.newBuilder().setTaskId("silent").setTicket(1))
                .build());
        assertThat(apply(timer))
                .noneMatch(effect ->
                        effect instanceof Effect.ToTask to && to.message().hasStillThere());
    }

    private void fillSlots() {
        for (int i = 0; i < SLOTS; i++) {
            enqueue("holder-" + i, "holder", 9);
        }
        granted.clear();
    }

    /** Frees slots one by one and answers what is granted into them. */
    private List<String> drain(int count) {
        for (int i = 0; i < SLOTS && granted.size() < count; i++) {
            release("holder-" + i);
        }
        for (int i = 0; granted.size() < count; i++) {
            release(granted.get(i));
        }
        return granted.subList(0, count);
    }

    private void enqueue(String task, String user, int priority) {
        apply(LaneMessage.newBuilder()
                .setEnqueue(LaneEntry.newBuilder()
                        .setTaskId(task)
                        .setTicket(1)
                        .setAttempt(1)
                        .setUserId(user)
                        .setPriority(priority)
                        .setEnqueuedAtMs(now))
                .build());
    }

    private void release(String task) {
        apply(LaneMessage.newBuilder()
                .setRelease(Release.newBuilder().setTaskId(task).setTicket(1))
                .build());
    }

    private List<Effect> apply(LaneMessage first) {
        List<Effect> all = new ArrayList<>();
        Deque<LaneMessage> messages = new ArrayDeque<>(List.of(first));
        while (!messages.isEmpty()) {
            Decision<LaneState> decision = machine.decide(LANE, state, messages.remove(), new Moment(now, 1));
            state = java.util.Objects.requireNonNull(decision.state());
            all.addAll(decision.effects());
            for (Effect effect : decision.effects()) {
                if (effect instanceof Effect.ToPage to) {
                    turnPage(to, messages);
                } else if (effect instanceof Effect.ToTask to && isGrant(to.message())) {
                    granted.add(to.taskId());
                }
            }
        }
        return all;
    }

    private void turnPage(Effect.ToPage to, Deque<LaneMessage> messages) {
        Decision<PageState> page = pageMachine.decide(LANE, to.page(), pages.get(to.page()), to.message());
        if (page.state() == null) {
            pages.remove(to.page());
        } else {
            pages.put(to.page(), page.state());
        }
        page.effects().forEach(effect -> messages.add(((Effect.ToLane) effect).message()));
    }

    private static boolean isGrant(TaskMessage message) {
        return message.hasGrant();
    }
}
