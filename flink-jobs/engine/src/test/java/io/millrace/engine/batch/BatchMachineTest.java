package io.millrace.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.schemas.v1.BatchFailure;
import io.millrace.schemas.v1.BatchMessage;
import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.BatchRequest;
import io.millrace.schemas.v1.BatchState;
import io.millrace.schemas.v1.DropItem;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemReply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchMachineTest {
    private static final String AT_ONCE = "at-once";
    private static final String GATHERING = "gathering";
    private static final long DEADLINE = 10_000_000;

    private final BatchMachine machine = new BatchMachine(new BatchLimits(
            Map.of(
                    AT_ONCE, new FunctionLimits(2, 4, Duration.ZERO),
                    GATHERING, new FunctionLimits(2, 4, Duration.ofMillis(100))),
            new FunctionLimits(1, 64, Duration.ZERO),
            Duration.ofSeconds(60),
            3));
    private final List<BatchRequest> calls = new ArrayList<>();
    private final List<String> answered = new ArrayList<>();
    private final List<Alarm> wakes = new ArrayList<>();
    private List<InferenceItem> gathered = new ArrayList<>();
    private @Nullable BatchState state;
    private String function = AT_ONCE;
    private long now = 1_000;

    private record Alarm(long at, BatchMessage message) {}

    @Test
    void itemsOfDifferentBucketsNeverShareACall() {
        item("a1", "a");
        item("b1", "b");
        item("b2", "b");
        item("a2", "a");
        item("b3", "b");

        assertThat(ids(0)).containsExactly("a1");
        assertThat(ids(1)).containsExactly("b1");
        reply(0);
        assertThat(ids(2)).containsExactly("b2", "b3");
        reply(1);
        assertThat(ids(3)).containsExactly("a2");
    }

    @Test
    void aFunctionThatGathersSendsWhatIsFullAndWhatHasWaited() {
        function = GATHERING;
        item("a1", "a");
        item("b1", "b");
        item("a2", "a");
        item("a3", "a");
        assertThat(calls).isEmpty();
        item("a4", "a");
        assertThat(ids(0)).containsExactly("a1", "a2", "a3", "a4");

        now += 100;
        ringDue();

        assertThat(ids(1)).containsExactly("b1");
        assertThat(gathered).isEmpty();
        assertThat(state().getBucketsCount()).isZero();
        assertThat(state().getDueMs()).isZero();
    }

    @Test
    void aWaitThatEndedWhileAllSlotsWereBusyStaysEndedWhenTheClockIsSetBack() {
        function = GATHERING;
        now = DEADLINE / 2;
        for (int i = 0; i < 8; i++) {
            item("a" + i, "a");
        }
        assertThat(calls).as("two slots, both full").hasSize(2);
        item("late", "a");
        now += 100;
        ringDue();
        now -= 3_600_000;

        reply(0);

        assertThat(ids(2)).containsExactly("late");
    }

    @Test
    void anItemThatGoesAloneSharesNoCallAndWaitsForNone() {
        function = GATHERING;
        item("a1", "a");
        apply(BatchMessage.newBuilder()
                .setItem(itemOf("poison", "a").toBuilder().setAlone(true))
                .build());

        assertThat(calls).hasSize(1);
        assertThat(ids(0)).containsExactly("poison");
    }

    @Test
    void cancelledItemsAreDroppedAndLeaveNoTrace() {
        function = GATHERING;
        item("a1", "a");
        item("a2", "a");
        apply(BatchMessage.newBuilder()
                .setDrop(DropItem.newBuilder().setTaskId("a1").setAttempt(1))
                .build());
        now += 100;

        ringDue();

        assertThat(ids(0)).containsExactly("a2");
    }

    @Test
    void anExpiredItemIsAnsweredAndNotSent() {
        item("a1", "a");
        item("a2", "a");
        item("late", "a");
        now = DEADLINE + 1;

        reply(0);

        assertThat(answered).contains("late");
        assertThat(calls).hasSize(2);
    }

    @Test
    void theBreakerOpensAfterFailuresAndAProbeClosesIt() {
        for (int i = 0; i < 3; i++) {
            item("a" + i, "a");
            fail(calls.size() - 1);
        }
        item("waits", "a");
        assertThat(calls).hasSize(3);

        now += 20_000;
        ringDue();
        assertThat(calls).hasSize(4);
        reply(3);
        item("goes", "a");

        assertThat(calls).hasSize(5);
    }

    @Test
    void aClockThatIsSetBackKeepsNoBreakerOpen() {
        openTheBreaker();
        now -= 3_600_000;

        ringAll();
        assertThat(calls).as("the probe").hasSize(4);
        now -= 5_000;
        fail(3);
        assertThat(wakes).as("open again").hasSize(1);
        item("again", "a");
        ringAll();
        reply(4);
        item("goes", "a");

        assertThat(calls).hasSize(6);
    }

    @Test
    void aBreakerWhoseTimerIsLateBecauseTheClockWasSetBackProbesWithTheNextItem() {
        openTheBreaker();
        now -= 3_600_000;

        item("probe", "a");
        item("waits", "a");

        assertThat(calls).hasSize(4);
        assertThat(ids(3)).containsExactly("a-waits", "probe");
    }

    @Test
    void theTimerOfAnEarlierPauseEndsNoLaterOne() {
        openTheBreaker();
        List<Alarm> first = List.copyOf(wakes);
        now += 20_000;
        ringAll();
        fail(3);
        assertThat(wakes).hasSize(1);
        item("waits", "a");

        first.forEach(alarm -> apply(alarm.message()));

        assertThat(calls).hasSize(4);
    }

    @Test
    void whatWaitsForCompanyLeavesInTimeThoughTheClockWasSetBack() {
        function = GATHERING;
        item("a1", "a");
        now -= 60;

        ringAll();

        assertThat(ids(0)).containsExactly("a1");
    }

    @Test
    void aReplyWhoseDecisionThrewHoldsItsSlotNoLonger() {
        item("a1", "a");
        BatchReply reply = BatchReply.newBuilder().setSlot(0).build();

        BatchState after = machine.afterDefect(
                state, BatchMessage.newBuilder().setReply(reply).build());

        assertThat(state().getBusy()).isEqualTo(1);
        assertThat(after.getBusy()).isZero();
    }

    @Test
    void noItemIsLostOrSentTwiceAndNoSlotOverbooked() {
        for (long seed = 0; seed < 2_000; seed++) {
            reset(seed % 2 == 0 ? AT_ONCE : GATHERING);
            SplittableRandom random = new SplittableRandom(seed);
            Set<String> sent = new HashSet<>();
            int open = 0;
            for (int i = 0; i < 120; i++) {
                now += random.nextInt(30);
                int before = calls.size();
                if (random.nextInt(3) > 0) {
                    InferenceItem item = itemOf("i" + i, "bucket-" + random.nextInt(3)).toBuilder()
                            .setAlone(random.nextInt(15) == 0)
                            .build();
                    sent.add(item.getTaskId());
                    apply(BatchMessage.newBuilder().setItem(item).build());
                } else if (open < calls.size()) {
                    reply(open++);
                } else {
                    ringDue();
                }
                check(before);
                assertThat(state == null ? 0 : Long.bitCount(state.getBusy())).isEqualTo(calls.size() - open);
            }
            now += 1_000;
            ringDue();
            while (open < calls.size()) {
                reply(open++);
            }
            assertThat(answered).as("seed %s", seed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(sent);
            assertThat(gathered).isEmpty();
        }
    }

    private void check(int from) {
        for (BatchRequest call : calls.subList(from, calls.size())) {
            assertThat(call.getItemsCount()).isBetween(1, 4);
            assertThat(call.getItemsList().stream()
                            .map(InferenceItem::getBucket)
                            .distinct())
                    .hasSize(1);
            assertThat(call.getItemsCount() == 1 || call.getItemsList().stream().noneMatch(InferenceItem::getAlone))
                    .isTrue();
        }
    }

    private List<String> ids(int call) {
        return calls.get(call).getItemsList().stream()
                .map(InferenceItem::getTaskId)
                .toList();
    }

    private void item(String id, String bucket) {
        apply(BatchMessage.newBuilder().setItem(itemOf(id, bucket)).build());
    }

    private static InferenceItem itemOf(String id, String bucket) {
        return InferenceItem.newBuilder()
                .setTaskId(id)
                .setBucket(bucket)
                .setAttempt(1)
                .setDeadlineMs(DEADLINE)
                .build();
    }

    private void reply(int call) {
        apply(BatchMessage.newBuilder().setReply(replyTo(call)).build());
    }

    private void fail(int call) {
        BatchFailure failure = BatchFailure.newBuilder()
                .setCode("UNAVAILABLE")
                .setRetryable(true)
                .build();
        apply(BatchMessage.newBuilder()
                .setReply(replyTo(call).setFailure(failure))
                .build());
    }

    private BatchReply.Builder replyTo(int call) {
        BatchReply.Builder reply =
                BatchReply.newBuilder().setSlot(calls.get(call).getSlot());
        for (InferenceItem item : calls.get(call).getItemsList()) {
            reply.addItems(ItemReply.newBuilder().setTaskId(item.getTaskId()));
        }
        return reply;
    }

    /** Three calls in vain; one item waits for the probe. */
    private void openTheBreaker() {
        now = DEADLINE / 2;
        for (int i = 0; i < 3; i++) {
            item("a" + i, "a");
            fail(calls.size() - 1);
        }
        item("a-waits", "a");
        assertThat(calls).hasSize(3);
        assertThat(wakes).hasSize(1);
    }

    /** All timers come, whatever the wall clock says. */
    private void ringAll() {
        List<Alarm> due = List.copyOf(wakes);
        wakes.clear();
        due.forEach(alarm -> apply(alarm.message()));
    }

    private void ringDue() {
        List<Alarm> due = wakes.stream().filter(alarm -> alarm.at() <= now).toList();
        wakes.removeAll(due);
        due.forEach(alarm -> apply(alarm.message()));
    }

    private BatchState state() {
        return java.util.Objects.requireNonNull(state);
    }

    private void apply(BatchMessage first) {
        Deque<BatchMessage> messages = new ArrayDeque<>(List.of(first));
        while (!messages.isEmpty()) {
            BatchDecision decision =
                    machine.decide(function, state, messages.remove(), () -> gathered, new Moment(now, 1));
            state = decision.state();
            if (decision.gathered() instanceof Gathered.Append append) {
                gathered.add(append.item());
            } else if (decision.gathered() instanceof Gathered.Replace replace) {
                gathered = new ArrayList<>(replace.items());
            }
            assertThat(state.getGathered()).isEqualTo(gathered.size());
            for (Effect effect : decision.effects()) {
                if (effect instanceof Effect.CallRemote call) {
                    calls.add(call.request());
                } else if (effect instanceof Effect.ToTask to) {
                    answered.add(to.taskId());
                } else if (effect instanceof Effect.ToSelf<?> to) {
                    messages.add((BatchMessage) to.message());
                } else if (effect instanceof Effect.Wake<?> wake) {
                    wakes.add(new Alarm(now + wake.delay().toMillis(), (BatchMessage) wake.message()));
                }
            }
        }
    }

    private void reset(String which) {
        function = which;
        state = null;
        calls.clear();
        answered.clear();
        wakes.clear();
        gathered.clear();
    }
}
