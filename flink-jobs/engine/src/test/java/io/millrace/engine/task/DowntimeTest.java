package io.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Effect;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.v1.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a task makes of time that passed without it: the job was down or stalled, or the wall clock was set back. */
class DowntimeTest {
    private static final Duration LONGER_THAN_AN_OUTAGE =
            TaskLife.LIMITS.outage().plusMinutes(5);
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final TaskLife task = new TaskLife();

    /** Ten minutes of an outage are asked of the endpoint, not of the job. */
    @ParameterizedTest
    @ValueSource(strings = {"UNAVAILABLE", "BUSY", "EXPIRED"})
    void theTimeInWhichTheJobWasDownIsNoOutage(String code) {
        InferenceItem item = task.running("poster", "checking_ocr");
        task.fail(item, ErrorCode.UNAVAILABLE);
        downFor(LONGER_THAN_AN_OUTAGE);

        task.fire(PhaseTries.RETRY);
        task.fail(task.items().get(0), ErrorCode.valueOf(code));

        assertThat(task.status()).isEqualTo("processing");
        task.ring(PhaseTries.RETRY);
        assertThat(task.items()).hasSize(1);
    }

    @Test
    void aFailureFromBeforeTheJobWasDownIsNoLongOutage() {
        task.fail(task.running("poster", "checking_ocr"), ErrorCode.UNAVAILABLE);
        task.ring(PhaseTries.RETRY);
        InferenceItem item = task.items().get(0);
        downFor(LONGER_THAN_AN_OUTAGE);

        task.fail(item, ErrorCode.EXPIRED);

        assertThat(task.status()).isEqualTo("processing");
    }

    @Test
    void aRetryThatRingsLateStartsTheOutageAnew() {
        task.fail(task.running("poster", "checking_ocr"), ErrorCode.UNAVAILABLE);
        task.now += LONGER_THAN_AN_OUTAGE.toMillis();

        task.fire(PhaseTries.RETRY);
        task.fail(task.items().get(0), ErrorCode.UNAVAILABLE);

        assertThat(task.status()).isEqualTo("processing");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theItemsOfAFanOutDoNotPayForTheJobsDowntimeEither(boolean newEpoch) {
        task.running("course", "writing");
        List<InferenceItem> items = task.items();
        items.forEach(item -> task.fail(item, ErrorCode.UNAVAILABLE));
        task.now += LONGER_THAN_AN_OUTAGE.toMillis();
        task.epoch += newEpoch ? 1 : 0;

        task.fire(FanOut.ITEMS);
        assertThat(task.items()).hasSize(items.size());
        task.items().forEach(item -> task.fail(item, ErrorCode.EXPIRED));

        assertThat(task.status()).isEqualTo("processing");
        task.ring(FanOut.ITEMS);
        assertThat(task.items()).isNotEmpty();
    }

    @Test
    void anOutageThatLastsFailsTheTaskAlsoAfterTheJobWasDown() {
        task.fail(task.running("poster", "checking_ocr"), ErrorCode.UNAVAILABLE);
        downFor(LONGER_THAN_AN_OUTAGE);
        task.fire(PhaseTries.RETRY);
        long begun = task.now;
        while (task.status().equals("processing") && task.now - begun < 2 * LONGER_THAN_AN_OUTAGE.toMillis()) {
            if (task.items().isEmpty()) {
                task.ring(PhaseTries.RETRY);
            }
            task.fail(task.items().get(0), ErrorCode.UNAVAILABLE);
        }

        assertThat(task.step().getError().getMessage()).contains("for 10 min");
        assertThat(Duration.ofMillis(task.now - begun)).isGreaterThan(TaskLife.LIMITS.outage());
    }

    // ---- a wall clock that is set back by an hour

    @Test
    void aRetryComesWhenItsAlarmRings() {
        task.fail(task.running("poster", "checking_ocr"), ErrorCode.UNAVAILABLE);
        TaskMessage alarm = task.alarm();
        task.now -= HOUR;

        task.send(alarm);

        assertThat(task.items()).hasSize(1);
    }

    @Test
    void theGuardOfATryComesWhenItsAlarmRings() {
        task.running("poster", "checking_ocr");

        assertThat(ringsAnHourBack(PhaseTries.GUARD)).isLessThan(HOUR / 10);

        assertThat(task.wake(PhaseTries.RETRY)).isNotNull();
    }

    @Test
    void aLeaseEndsWhenItsAlarmRings() {
        task.accept(task.running("train", "training"));

        assertThat(ringsAnHourBack(PhaseTries.LEASE)).isLessThan(HOUR / 10);

        assertThat(task.wake(PhaseTries.RETRY)).isNotNull();
    }

    @Test
    void theItemsOfAFanOutComeWhenTheirAlarmRingsAndKeepTheirTimes() {
        task.running("course", "writing");
        List<InferenceItem> items = task.items();
        task.fail(items.get(0), ErrorCode.UNAVAILABLE);
        TaskMessage alarm = task.alarm();
        task.now -= HOUR;
        // One that ends meanwhile does not put the others off.
        task.succeed(items.get(1));

        task.send(alarm);

        assertThat(task.items()).extracting(InferenceItem::getItem).containsExactly(1);
        Timer next = task.wake(FanOut.ITEMS);
        assertThat(next.getDueAtMs() - task.now).isPositive().isLessThan(HOUR / 2);
    }

    /** Sets the clock back and rings until the timer of this kind is over. Answers the delays that were asked for, together in ms. */
    private long ringsAnHourBack(String kind) {
        task.now -= HOUR;
        long delays = 0;
        while (armed(kind)) {
            long asked = task.all(Effect.Wake.class)
                    .mapToLong(wake -> wake.delay().toMillis())
                    .sum();
            delays += asked;
            task.now += asked;
            task.send(task.alarm());
        }
        return delays;
    }

    private boolean armed(String kind) {
        return Objects.requireNonNull(task.memory)
                .getActive()
                .getArmed()
                .getKind()
                .equals(kind);
    }

    private void downFor(Duration downtime) {
        task.now += downtime.toMillis();
        task.epoch++;
    }
}
