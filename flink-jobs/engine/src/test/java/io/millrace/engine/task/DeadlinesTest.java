package io.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Effect;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.SubmitTask;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.v1.Timer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The delayed messages of deadlines: there as long as the deadline can be missed, and no longer. */
class DeadlinesTest {
    private static final long WEEK = Duration.ofDays(7).toMillis();

    private final TaskLife task = new TaskLife();

    @Test
    void nothingIsUnderWayOnceTheTaskHasCompleted() {
        submit();
        assertThat(task.wakes).containsOnlyKeys(Deadlines.END, Deadlines.START);
        task.grant();
        task.succeed(task.upTo("finalizing"));

        assertThat(task.status()).isEqualTo("completed");
        assertThat(task.wakes).isEmpty();
    }

    @Test
    void nothingIsUnderWayOnceTheTaskWasCancelledBeforeItsStart() {
        submit();

        task.cancel();

        assertThat(task.wakes).isEmpty();
    }

    @Test
    void nothingIsUnderWayOnceTheTaskHasFailed() {
        submit();
        task.grant();

        task.fail(task.items().get(0), ErrorCode.BAD_INPUT);

        assertThat(task.status()).isEqualTo("failed");
        assertThat(task.wakes).isEmpty();
    }

    @Test
    void nothingIsUnderWayOnceADeadlineWasMissed() {
        submit();

        task.ring(Deadlines.START);

        assertThat(task.status()).isEqualTo("cancelled");
        assertThat(task.wakes).isEmpty();
    }

    @Test
    void theStartTakesItsDeadlineBackAndLeavesTheOther() {
        submit();

        task.grant();

        assertThat(task.wakes).containsKey(Deadlines.END).doesNotContainKey(Deadlines.START);
    }

    @Test
    void aPauseTouchesNoDeadline() {
        submit();
        task.pause();
        assertThat(task.wakes).containsOnlyKeys(Deadlines.END, Deadlines.START);
        task.resume();
        task.grant();

        task.stop();

        assertThat(task.wakes).containsKey(Deadlines.END).doesNotContainKey(Deadlines.START);
        task.start();
        task.grant();
        task.now += WEEK;
        task.send(java.util.Objects.requireNonNull(task.wakes.get(Deadlines.END)));
        assertThat(task.status()).isEqualTo("cancelled");
    }

    @Test
    void aRecoveredTaskHasNoDeadlineAndADerivativeItsOwn() {
        submit();
        task.grant();
        task.fail(task.items().get(0), ErrorCode.BAD_INPUT);

        task.recover(task.row());
        assertThat(task.wakes).isEmpty();

        TaskLife derivative = new TaskLife();
        submit(derivative, body(derivative).setParentTaskId(task.id));
        assertThat(derivative.wakes).containsOnlyKeys(Deadlines.END, Deadlines.START);
    }

    @Test
    void aTimerFromASavepointOfBeforeIsUnderstood() {
        submit();
        Timer numbered = Timer.newBuilder()
                .setKind(Deadlines.END)
                .setId(1_048_577)
                .setAttempt(1)
                .setDueAtMs(task.now + WEEK)
                .setEpoch(task.epoch)
                .build();
        task.now += WEEK;

        task.send(TaskMessage.newBuilder().setTimer(numbered).build());

        assertThat(task.status()).isEqualTo("cancelled");
    }

    @Test
    void aTimerOfAnEarlierLifeChangesNothing() {
        submit();
        TaskMessage timer = java.util.Objects.requireNonNull(task.wakes.get(Deadlines.END));
        task.grant();
        InferenceItem item = task.items().get(0);
        task.fail(item, ErrorCode.BAD_INPUT);
        TaskMemory ended = task.memory;
        task.now += WEEK / 14;
        task.send(timer);
        assertThat(task.memory).isEqualTo(ended);
        task.recover(task.row());
        TaskMemory recovered = task.memory;
        task.now += WEEK;

        task.send(timer);

        assertThat(task.memory).isEqualTo(recovered);
        assertThat(task.effects).containsExactly(new Effect.Count("stale_timers", 1));
    }

    @Test
    void aClockThatIsSetBackPutsTheDeadlineOff() {
        submit();
        TaskMemory queued = task.memory;
        task.now -= WEEK / 7;

        for (String kind : List.of(Deadlines.START, Deadlines.END)) {
            task.send(java.util.Objects.requireNonNull(task.wakes.get(kind)));
            assertThat(task.all(Effect.Wake.class))
                    .extracting(Effect.Wake::delay)
                    .as(kind)
                    .containsExactly(Duration.ofMillis((kind.equals(Deadlines.END) ? WEEK : WEEK / 2) + WEEK / 7));
        }
        assertThat(task.memory).isEqualTo(queued);
        task.ring(Deadlines.END);

        assertThat(task.status()).isEqualTo("cancelled");
        assertThat(task.wakes).isEmpty();
    }

    private void submit() {
        submit(task, body(task));
    }

    private static void submit(TaskLife life, SubmitTask.Builder submit) {
        life.command(TaskCommand.newBuilder().setSubmit(submit));
    }

    private static SubmitTask.Builder body(TaskLife life) {
        return SubmitTask.newBuilder()
                .setType("poster")
                .setCreatedAtMs(life.now)
                .setStartDeadlineMs(life.now + WEEK / 2)
                .setEndDeadlineMs(life.now + WEEK);
    }
}
