package io.millrace.edge.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveViewTest {
    private static final String TASK = "task_a";
    private static final String USER = "alice";
    private static final LiveLimits LIMITS =
            new LiveLimits(Duration.ofMinutes(30), 100, 1 << 20, 100, 64, 1 << 20, 64, 4);

    private final Records records = new Records();
    private final LiveView view = new LiveView(LIMITS);

    @Test
    void equalStepOfAHigherEpochIsNotShownTwice() {
        step(1, 1, "queued", "init");
        step(1, 2, "processing", "p2");
        step(1, 3, "processing", "p3");

        assertThat(step(2, 2, "processing", "p2")).isEmpty();
        assertThat(step(2, 3, "processing", "p3")).isEmpty();
        assertThat(step(2, 4, "processing", "p4")).containsExactly("progress");
        assertThat(head().number()).isEqualTo(4);
    }

    @Test
    void equalStepWithOtherTimesIsEqual() {
        step(1, 1, "queued", "init");
        Progress.Builder again = Records.base(TASK, USER, 1)
                .setEpoch(2)
                .setTimeMs(99)
                .setStepTaken(Step.newBuilder()
                        .setStatus("queued")
                        .setPhase("init")
                        .setProgress(10)
                        .setNextMark(20)
                        .setVersion(1)
                        .setType("poster")
                        .setStartedAtMs(77)
                        .setQueuePosition(3)
                        .setInputParams(ByteString.copyFromUtf8("{\"prompt\":\"p\"}")));

        assertThat(names(records.record(again))).isEmpty();
    }

    @Test
    void differentStepOfAHigherEpochReplacesAllBehindIt() {
        step(1, 1, "queued", "init");
        step(1, 2, "processing", "p2");
        step(1, 3, "processing", "p3");
        step(1, 4, "completed", "completed");

        assertThat(step(2, 3, "processing", "other")).containsExactly("progress");
        assertThat(head().number()).isEqualTo(3);
        assertThat(head().ended()).isFalse();
        assertThat(step(2, 4, "failed", "other")).containsExactly("error");
        assertThat(view.find(TASK).orElseThrow().milestones())
                .extracting(Milestone::number)
                .containsExactly(1, 2, 3, 4);
    }

    @Test
    void lowerEpochIsDropped() {
        step(5, 1, "queued", "init");

        assertThat(step(4, 2, "processing", "p2")).isEmpty();
        assertThat(head().number()).isEqualTo(1);
    }

    @Test
    void repeatInTheSameEpochIsDropped() {
        step(1, 1, "queued", "init");
        step(1, 2, "processing", "p2");

        assertThat(step(1, 2, "processing", "else")).isEmpty();
        assertThat(step(1, 1, "queued", "init")).isEmpty();
    }

    @Test
    void ticksMoveTheBarForwardBelowTheNextMarkOnly() {
        step(1, 1, "queued", "init");
        step(1, 2, "processing", "p2");

        assertThat(progress(records.tick(TASK, USER, 2, "p2", 0.5f))).containsExactly(25);
        assertThat(progress(records.tick(TASK, USER, 2, "p2", 0.4f))).isEmpty();
        assertThat(progress(records.tick(TASK, USER, 2, "p2", 1f))).containsExactly(29);
        assertThat(progress(records.tick(TASK, USER, 2, "p2", 1.5f))).isEmpty();
        assertThat(progress(records.tick(TASK, USER, 2, "p2", Float.NaN))).isEmpty();
    }

    @Test
    void ticksOfAnotherStepAttemptOrPhaseAndAfterTheEndAreDropped() {
        step(1, 1, "queued", "init");
        step(1, 2, "processing", "p2");

        assertThat(names(records.tick(TASK, USER, 1, "init", 0.5f))).isEmpty();
        assertThat(names(records.tick(TASK, USER, 3, "p3", 0.5f))).isEmpty();
        assertThat(names(records.tick(TASK, USER, 2, "p9", 0.5f))).isEmpty();
        Progress.Builder otherAttempt =
                records.tick(TASK, USER, 2, "p2", 0.5f).progress().toBuilder().setAttempt(2);
        assertThat(names(records.record(otherAttempt))).isEmpty();
        step(1, 3, "completed", "completed");
        assertThat(names(records.tick(TASK, USER, 3, "completed", 0.5f))).isEmpty();
        assertThat(names(records.tick("task_unknown", USER, 1, "p", 0.5f))).isEmpty();
    }

    @Test
    void inputParamsComeFromTheFirstStepAndTheResultFromTheLast() {
        step(1, 1, "queued", "init");
        step(1, 2, "completed", "completed");

        assertThat(head().inputParams().toStringUtf8()).contains("prompt");
        assertThat(head().step().getResult().toStringUtf8()).contains("poster_1");
    }

    @Test
    void doneComesOnceWhicheverLogIsAhead() {
        step(1, 1, "queued", "init");
        assertThat(view.committed(TASK, 2)).isEmpty();
        assertThat(step(1, 2, "completed", "completed")).containsExactly("complete", "done");
        assertThat(view.committed(TASK, 2)).isEmpty();

        names(records.step("task_b", USER, 1, 1, "failed", "init"));
        assertThat(view.committed("task_b", 1)).extracting(LiveEvent::name).containsExactly("done");
        assertThat(view.find("task_b").orElseThrow().committed()).isTrue();
    }

    @Test
    void acceptedTaskIsShownUntilItsFirstStepAndForgottenWhenRefused() {
        assertThat(view.accepted(pending(TASK), Records.PARTITION, 0))
                .extracting(LiveEvent::name)
                .containsExactly("task_created");
        assertThat(view.accepted(pending(TASK), Records.PARTITION, 0))
                .as("told once, though the command log brings it again")
                .isEmpty();
        assertThat(head().step().getStatus()).isEqualTo("pending");
        step(1, 1, "queued", "init");
        assertThat(head().number()).isEqualTo(1);
        assertThat(view.accepted(pending(TASK), Records.PARTITION, 0)).isEmpty();
        assertThat(head().number()).isEqualTo(1);

        assertThat(view.accepted(pending("task_b"), Records.PARTITION, 10_001))
                .as("long past, as in a log that is read from its beginning")
                .isEmpty();
        names(records.answer("task_b", USER, LiveView.submitCommandId("task_b"), false));
        assertThat(view.find("task_b")).isEmpty();
    }

    @Test
    void aTaskWhoseStepIsFasterThanItsSubmitIsToldAsCreatedFirstAndOnce() {
        assertThat(step(1, 1, "queued", "init")).containsExactly("task_created", "progress");
        assertThat(view.accepted(pending(TASK), Records.PARTITION, 0)).isEmpty();
        assertThat(step(1, 2, "processing", "p2")).containsExactly("progress");

        LogRecord old = records.step("task_old", USER, 1, 1, "queued", "init");
        assertThat(view.apply(old, old.progress().getTimeMs() + QueueNews.FRESH_MILLIS + 1))
                .extracting(LiveEvent::name)
                .containsExactly("progress");
        Progress.Builder row = records.step("task_row", USER, 1, 1, "queued", "init").progress().toBuilder()
                .setCampaignId("camp_1");
        assertThat(names(records.record(row))).as("a row of a campaign").containsExactly("progress");
    }

    @Test
    void endedTasksLeaveMemoryAndTheirRepeatsAreKnown() {
        step(1, 1, "queued", "init");
        step(1, 2, "completed", "completed");
        view.evict(Duration.ofMinutes(29).toMillis());
        assertThat(view.find(TASK)).isPresent();

        view.evict(Duration.ofMinutes(31).toMillis());
        assertThat(view.find(TASK)).isEmpty();
        assertThat(view.tasksOf(USER)).isEmpty();
        assertThat(step(2, 2, "completed", "completed")).isEmpty();
        assertThat(view.size()).isZero();
    }

    @Test
    void deletedTaskIsToldAsDeletedAndDoesNotEndASecondTime() {
        step(1, 1, "queued", "init");
        step(1, 2, "completed", "completed");
        LogRecord record = records.deleted(TASK, USER, 3);
        List<LiveEvent> told = view.apply(record, 0);

        assertThat(told).extracting(LiveEvent::name).containsExactly("deleted");
        assertThat(told).noneMatch(LiveEvent::mustArrive);
        assertThat(told)
                .extracting(LiveEvent::campaignId)
                .as("its campaign has counted its end")
                .containsExactly("");
        assertThat(LiveEvent.ofRecord(record)).map(LiveEvent::name).contains("deleted");
        assertThat(view.committed(TASK, 3)).isEmpty();
        assertThat(head().deleted()).isTrue();
    }

    @Test
    void noMoreThanTheLimitOfEndedTasksIsKept() {
        for (int i = 0; i < 500; i++) {
            names(records.step("task_" + i, USER, 1, 1, "completed", "completed"));
        }
        view.evict(0);

        assertThat(view.size()).isEqualTo(LIMITS.maxEnded());
        assertThat(view.find("task_499")).isPresent();
        assertThat(view.find("task_0")).isEmpty();
    }

    @Test
    void recordThatWasAppliedBeforeIsNotAppliedAgain() {
        LogRecord first = records.step(TASK, USER, 1, 1, "queued", "init");
        view.apply(first, 0);

        assertThat(view.apply(first, 0)).isEmpty();
        assertThat(view.end(Records.PARTITION).offset()).isZero();
    }

    private static TaskView pending(String taskId) {
        Step step = Step.newBuilder().setStatus("pending").setPhase("init").build();
        return new TaskView(taskId, USER, "", 0, 0, step, ByteString.copyFromUtf8("{}"), 0);
    }

    private List<String> step(long epoch, int number, String status, String phase) {
        return names(records.step(TASK, USER, epoch, number, status, phase));
    }

    private List<String> names(LogRecord record) {
        return view.apply(record, 0).stream().map(LiveEvent::name).toList();
    }

    private List<Integer> progress(LogRecord record) {
        return view.apply(record, 0).stream()
                .map(event -> ((LiveEvent.Moved) event.content()).progress())
                .toList();
    }

    private TaskView head() {
        return view.find(TASK).orElseThrow().view();
    }
}
