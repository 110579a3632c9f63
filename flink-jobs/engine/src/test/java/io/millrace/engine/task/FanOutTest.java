package io.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Effect;
import io.millrace.engine.fixture.MySqlRow;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.PhaseResult;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.v1.TaskSnapshot;
import io.millrace.schemas.v1.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** for_each phases: four chapters, three at once, two tries each. */
class FanOutTest {
    private final TaskLife task = new TaskLife();

    @Test
    void asManyItemsAsAllowedAreUnderWayAndEachCarriesItsElement() {
        List<InferenceItem> first = writing("course");

        assertThat(first.stream().map(InferenceItem::getItem)).containsExactly(1, 2, 3);
        assertThat(first.get(1).getInput().toStringUtf8())
                .isEqualTo("{\"params\":{\"tone\":\"warm\"},\"results\":{},\"item\":{\"n\":2}}");
        assertThat(first.get(1).getBucket()).isEqualTo("\"warm\"|");
        assertThat(first.get(0).getInputHash()).isNotEqualTo(first.get(1).getInputHash());
        task.succeed(first.get(2));
        assertThat(task.items().stream().map(InferenceItem::getItem)).containsExactly(4);
    }

    @Test
    void outputsAreMergedInOrderWhateverOrderTheyCameIn() {
        List<InferenceItem> items = new ArrayList<>(writing("course"));
        task.succeed(items.get(2));
        items.addAll(task.items());
        task.succeed(items.get(3));
        task.succeed(items.get(1));
        task.succeed(items.get(0));

        InferenceItem summary = task.items().get(0);
        assertThat(summary.getPhase()).isEqualTo("summing_up");
        assertThat(summary.getInput().toStringUtf8())
                .contains("\"writing\":{\"items\":[{\"of\":\"writing1\"},{\"of\":\"writing2\"},{\"of\":\"writing3\"},"
                        + "{\"of\":\"writing4\"}]}")
                .startsWith("{\"params\":{},");
        assertThat(MySqlRow.parse(task.lastEvent().getData()).path("facts").toString())
                .isEqualTo("{\"done\":\"4\",\"failed\":\"0\",\"total\":\"4\"}");
        task.succeed(summary);
        assertThat(task.status()).isEqualTo("completed");
    }

    @Test
    void aStepIsTakenOnlyWhenTheBarMoves() {
        List<InferenceItem> items = writing("course");
        int events = task.events.size();

        task.succeed(items.get(0));

        assertThat(task.step().getProgress()).isEqualTo(45);
        assertThat(task.step().getItemsDone()).isEqualTo(1);
        assertThat(task.step().getItemsTotal()).isEqualTo(4);
        assertThat(task.events).hasSize(events + 1);
        assertThat(task.lastEvent().getType()).isEqualTo(EventType.ITEMS_COMPLETED.wireName());
    }

    @Test
    void anItemIsTriedAgainByItself() {
        List<InferenceItem> items = writing("course");

        task.fail(items.get(1), ErrorCode.MODEL_ERROR);
        assertThat(task.items()).isEmpty();
        task.ring(FanOut.ITEMS);

        assertThat(task.items()).hasSize(1);
        assertThat(task.items().get(0).getItem()).isEqualTo(2);
        assertThat(task.items().get(0).getTries()).isEqualTo(2);
    }

    @Test
    void theSameReplyTwiceCountsOnce() {
        List<InferenceItem> items = writing("course");
        task.succeed(items.get(0));
        TaskMemory once = task.memory;

        task.succeed(items.get(0));

        assertThat(task.memory).isEqualTo(once);
    }

    @Test
    void oneTimerStandsForTheItemThatIsDueFirst() {
        List<InferenceItem> items = writing("course");
        task.now += 1_000;
        task.succeed(items.get(0));
        Timer timer = task.wake(FanOut.ITEMS);

        assertThat(timer.getDueAtMs()).isEqualTo(task.now - 1_000 + 25_000);
        assertThat(task.all(Effect.Wake.class))
                .as("the alarm of before serves it")
                .isEmpty();
        task.ring(FanOut.ITEMS);
        // Items 2 and 3 were silent for too long; item 4 was sent a second later.
        Timer next = task.wake(FanOut.ITEMS);
        assertThat(next.getDueAtMs()).isLessThanOrEqualTo(task.now + 2_000);
        assertThat(task.items()).isEmpty();
    }

    @Test
    void aLateTimerGivesAllItemsTheirFullTimeOnceMore() {
        writing("course");
        Timer timer = task.wake(FanOut.ITEMS);
        task.now = timer.getDueAtMs() + Duration.ofMinutes(3).toMillis();
        task.epoch++;

        task.send(TaskMessage.newBuilder().setTimer(timer).build());

        assertThat(task.items()).isEmpty();
        assertThat(task.wake(FanOut.ITEMS).getDueAtMs()).isEqualTo(task.now + 25_000);
    }

    @Test
    void lostItemsMakeAPartialFailureThatSaysWhatFailed() {
        loseTheSecond("course");

        assertThat(task.status()).isEqualTo("partial_failure");
        assertThat(task.step().getError().getCode()).isEqualTo("BAD_INPUT");
        assertThat(task.step().getError().getDetails().toStringUtf8())
                .isEqualTo("{\"items\":[{\"index\":1,\"code\":\"BAD_INPUT\",\"message\":\"it did not work\"}]}");
        assertThat(task.lastEvent().getType()).isEqualTo(EventType.PARTIALLY_FAILED.wireName());
        assertThat(MySqlRow.parse(task.lastEvent().getData())
                        .at("/phase_results/1/items/1/error/code")
                        .asText())
                .isEqualTo("BAD_INPUT");
    }

    @Test
    void recoverComputesOnlyTheMissingItem() {
        loseTheSecond("course");
        TaskSnapshot row = task.row();

        task.recover(row);
        assertThat(task.outcome()).isEqualTo("accepted");
        task.grant();

        assertThat(task.items().stream().map(InferenceItem::getPhase)).containsExactly("writing");
        assertThat(task.items().get(0).getItem()).isEqualTo(2);
        task.succeed(task.items().get(0));
        assertThat(task.items().get(0).getInput().toStringUtf8()).contains("writing1", "writing2", "writing4");
        task.succeed(task.items().get(0));
        assertThat(task.status()).isEqualTo("completed");
        assertThat(task.step().hasError()).isFalse();
    }

    @Test
    void outputsOfItemsCountOnceAgainstWhatARowHolds() {
        task.submit("course", "{}");
        task.grant();
        task.succeed(task.items().get(0), "{\"chapters\":[1,2,3,4],\"x\":\"" + "y".repeat(60 * 1024) + "\"}");
        Deque<InferenceItem> items = new ArrayDeque<>(task.items());
        while (!items.isEmpty()) {
            InferenceItem item = items.remove();
            if (item.getItem() == 4) {
                task.fail(item, ErrorCode.BAD_INPUT);
            } else {
                task.succeed(item, "{\"x\":\"" + "y".repeat(80 * 1024) + "\"}");
            }
            items.addAll(task.items());
        }
        assertThat(task.status()).isEqualTo("partial_failure");

        task.recover(task.row());
        task.grant();

        assertThat(task.items().stream().map(InferenceItem::getItem)).containsExactly(4);
    }

    @Test
    void whatTheItemsMakeTogetherIsReadBackFromThem() {
        loseTheSecond("course");
        PhaseResult written = task.row().getResults(1);
        assertThat(written.getOutput().isEmpty()).isTrue();

        PhaseResult whole = FanOutItems.whole(written);

        assertThat(whole.getOutput().toStringUtf8())
                .isEqualTo("{\"items\":[{\"of\":\"writing1\"},null,{\"of\":\"writing3\"},{\"of\":\"writing4\"}]}");
        assertThat(FanOutItems.whole(whole)).as("a row of before has it").isEqualTo(whole);
        PhaseResult leftOut = written.toBuilder()
                .clearItems()
                .addAllItems(written.getItemsList().stream()
                        .map(item -> item.toBuilder().clearOutput().build())
                        .toList())
                .build();
        assertThat(FanOutItems.whole(leftOut).getOutput().isEmpty()).isTrue();
    }

    @Test
    void ofAPhaseThatHasNotEndedThereIsNoWhole() {
        List<InferenceItem> items = writing("strict");
        task.succeed(items.get(0));
        task.fail(items.get(1), ErrorCode.BAD_INPUT);

        PhaseResult unfinished = FanOutItems.whole(task.row().getResults(1));

        assertThat(unfinished.getItemsCount()).isPositive();
        assertThat(unfinished.getOutput().isEmpty()).isTrue();
    }

    @Test
    void whereNoItemMayBeLostTheTaskFailsAndRecoverKeepsWhatWasDone() {
        List<InferenceItem> items = writing("strict");
        task.succeed(items.get(0));

        task.fail(items.get(1), ErrorCode.BAD_INPUT);

        assertThat(task.status()).isEqualTo("failed");
        assertThat(task.step().getError().getMessage()).isEqualTo("item 1: it did not work");
        task.recover(task.row());
        task.grant();
        assertThat(task.items().stream().map(InferenceItem::getItem)).containsExactly(2, 3, 4);
    }

    @Test
    void whenAllItemsFailTheTaskFails() {
        List<InferenceItem> items = new ArrayList<>(writing("course"));
        for (int i = 0; i < 4; i++) {
            task.fail(items.get(i), ErrorCode.BAD_INPUT);
            items.addAll(task.items());
        }

        assertThat(task.status()).isEqualTo("failed");
        assertThat(task.step().getError().getMessage()).startsWith("all 4 items failed");
    }

    @Test
    void outputsThatAreTooLargeTogetherFailTheTaskBeforeTheRestIsComputed() {
        List<InferenceItem> items = writing("course");
        String half = "{\"a\":\"" + "x".repeat(TaskLife.LIMITS.maxOutputBytes() / 2) + "\"}";
        task.succeed(items.get(0), half);
        assertThat(task.status()).isEqualTo("processing");

        task.succeed(items.get(1), half);

        assertThat(task.status()).isEqualTo("failed");
        assertThat(task.step().getError().getMessage()).startsWith("the outputs of the items together have ");
        assertThat(task.items()).isEmpty();
    }

    @Test
    void aStopKeepsWhatIsDone() {
        List<InferenceItem> items = writing("course");
        task.succeed(items.get(0));
        task.stop();
        task.resume();

        task.grant();

        assertThat(task.items().stream().map(InferenceItem::getItem)).containsExactly(2, 3, 4);
        assertThat(task.items().get(0).getAttempt()).isEqualTo(2);
    }

    @Test
    void aPhaseOverNothingIsThroughAtOnce() {
        task.running("course", "outlining");
        task.succeed(outline(), "{\"chapters\":[]}");

        assertThat(task.items().get(0).getPhase()).isEqualTo("summing_up");
    }

    @Test
    void whatIsNoListFailsTheTask() {
        task.running("course", "outlining");
        task.succeed(outline(), "{\"chapters\":7}");

        assertThat(task.status()).isEqualTo("failed");
        assertThat(task.step().getError().getMessage()).isEqualTo("outlining.chapters is not a list");
    }

    private InferenceItem outline() {
        return task.items().get(0);
    }

    private List<InferenceItem> writing(String type) {
        task.submit(type, "{\"topic\":\"bees\",\"tone\":\"warm\"}");
        task.grant();
        task.succeed(task.items().get(0));
        return task.items();
    }

    private void loseTheSecond(String type) {
        List<InferenceItem> items = new ArrayList<>(writing(type));
        task.succeed(items.get(0));
        items.addAll(task.items());
        task.fail(items.get(1), ErrorCode.BAD_INPUT);
        task.succeed(items.get(2));
        task.succeed(items.get(3));
        task.succeed(task.items().get(0));
    }
}
