package io.millrace.inference;

import static io.millrace.inference.TestRoom.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.FinishPhase;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemReply;
import io.millrace.schemas.v1.ReportProgress;
import io.millrace.schemas.v1.TaskCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Phases that are accepted and finished by a command. */
class LongPhaseTest {
    private static final Duration LEASE = Duration.ofMillis(300);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CompletableFuture<Void> heard = new CompletableFuture<>();
    private final AtomicReference<String> gaveUp = new AtomicReference<>("");
    private final LongFunction function = new LongFunction(LEASE, this::train);

    @TempDir
    Path folder;

    private PhaseOutput train(PhaseInput input, PhaseContext context) throws PhaseFailure {
        context.tick(0.5, "epoch 1 of 2");
        begun.countDown();
        try {
            if (!goOn.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited 20 s");
            }
        } catch (InterruptedException e) {
            gaveUp.set("interrupted");
            if (input.params().path("say").asText().equals("deaf")) {
                heard.join();
            }
            context.checkWanted();
        }
        if (input.params().path("say").asText().equals("fail")) {
            throw new PhaseFailure(ErrorCode.MODEL_ERROR, "the loss is not a number");
        }
        return TestFunction.said("trained");
    }

    @Test
    void anAcceptedItemIsFinishedByACommand() throws IOException {
        try (TestRoom room = room()) {
            ItemReply reply = call(room, order("task", 1, 1));
            goOn.countDown();

            assertThat(reply.getAccepted().getLeaseMs()).isEqualTo(LEASE.toMillis());
            await().until(() -> room.commands.ends().size() == 1);
            TaskCommand end = room.commands.ends().get(0);
            assertThat(end.getTaskId()).isEqualTo("task");
            assertThat(end.getUserId()).isEqualTo("user-1");
            FinishPhase finish = end.getFinish();
            assertThat(finish.getOutput().toStringUtf8()).isEqualTo("{\"said\":\"trained\"}");
            assertThat(finish.getFactsMap()).containsEntry("said", "yes");
            assertThat(finish.getAttempt()).isEqualTo(1);
            assertThat(finish.hasFault()).isFalse();
        }
    }

    @Test
    void theLeaseIsRenewedWhileItRuns() throws IOException {
        try (TestRoom room = room()) {
            call(room, order("task", 1, 1));
            await().until(() -> room.commands.reports().size() >= 3);
            goOn.countDown();
            await().until(() -> room.commands.ends().size() == 1);

            List<TaskCommand> reports = room.commands.reports();
            ReportProgress report = reports.get(1).getReport();
            assertThat(report.getPercentage()).isEqualTo(30);
            assertThat(report.getMessage()).isEqualTo("epoch 1 of 2");
            assertThat(report.getPhase()).isEqualTo("a_phase");
            assertThat(reports.stream().map(TaskCommand::getCommandId)).doesNotHaveDuplicates();
        }
    }

    @Test
    void aRepeatJoinsAndALaterAttemptGetsTheAnswer() throws IOException {
        try (TestRoom room = room()) {
            call(room, order("task", 1, 1));
            assertThat(call(room, order("task", 1, 2)).hasAccepted()).isTrue();
            assertThat(call(room, order("task", 2, 1)).hasAccepted()).isTrue();
            room.cancellations.note("task", 1);
            goOn.countDown();
            await().until(() -> room.commands.ends().size() == 1);

            assertThat(function.calls).hasValue(1);
            assertThat(room.commands.ends().get(0).getFinish().getAttempt()).isEqualTo(2);
            assertThat(room.commands.ends().get(0).getFinish().hasFault()).isFalse();
        }
    }

    @Test
    void aCancelledRunStopsAndSaysNothing() throws Exception {
        try (TestRoom room = room()) {
            call(room, order("task", 1, 1));
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();

            room.cancellations.note("task", 1);

            await().until(() -> room.caller.metric("inference_long_runs") == 0);
            assertThat(gaveUp).hasValue("interrupted");
            assertThat(room.commands.ends()).isEmpty();
            int reports = room.commands.reports().size();
            assertThat(call(room, order("task", 2, 1)).hasAccepted()).isTrue();
            goOn.countDown();
            await().until(() -> room.commands.ends().size() == 1);
            assertThat(room.commands.reports().size()).isBetween(reports, reports + 2);
        }
    }

    @Test
    void aCancelledRunThatHearsNothingHoldsItsLeaseNoLonger() throws Exception {
        try (TestRoom room = room()) {
            call(room, item("deaf", "{\"params\": {\"say\": \"deaf\"}}").build());
            await().until(() -> reports(room, "deaf") >= 1);
            room.cancellations.note("deaf", 1);
            await().until(() -> "interrupted".equals(gaveUp.get()));
            long told = reports(room, "deaf");

            call(room, order("other", 1, 1));
            await().until(() -> reports(room, "other") >= 3);

            assertThat(reports(room, "deaf")).isEqualTo(told);
        } finally {
            heard.complete(null);
        }
    }

    private static long reports(TestRoom room, String task) {
        return room.commands.reports().stream()
                .filter(report -> report.getTaskId().equals(task))
                .count();
    }

    @Test
    void aFailureIsAFaultOfTheTry() throws IOException {
        try (TestRoom room = room()) {
            goOn.countDown();
            InferenceItem failing = item("task", "{\"params\": {\"say\": \"fail\"}}")
                    .setMark(20)
                    .setNextMark(40)
                    .build();
            call(room, failing);
            await().until(() -> room.commands.ends().size() == 1);
            call(room, failing.toBuilder().setTries(4).build());
            await().until(() -> room.commands.ends().size() == 2);

            List<TaskCommand> ends = room.commands.ends();
            assertThat(ends.get(0).getFinish().getFault().getCode()).isEqualTo("MODEL_ERROR");
            assertThat(ends.get(0).getFinish().getFault().getMessage()).contains("loss is not a number");
            assertThat(ends.get(0).getCommandId()).isNotEqualTo(ends.get(1).getCommandId());
        }
    }

    @Test
    void theEndIsToldAgainUntilTheLogTakesItAndIsKeptForARepeat() throws IOException {
        try (TestRoom room = room()) {
            room.commands.toLose.set(3);
            goOn.countDown();
            call(room, order("task", 1, 1));
            await().until(() -> room.commands.ends().size() == 1);

            ItemReply again = call(room, order("task", 1, 2));

            assertThat(again.getResult().getReused()).isTrue();
            assertThat(again.getResult().getOutput().toStringUtf8()).contains("trained");
            assertThat(function.calls).hasValue(1);
        }
    }

    @Test
    void moreThanTheLimitIsSentBackAsBusyAndTheEndOfTheProcessIsAFault() throws Exception {
        RecordedCommands commands;
        try (TestRoom room = room()) {
            commands = room.commands;
            call(room, order("a", 1, 1));
            call(room, order("b", 1, 1));
            ItemReply third = call(room, order("c", 1, 1));

            assertThat(third.getFailure().getCode()).isEqualTo("BUSY");
            assertThat(third.getFailure().getRetryable()).isTrue();
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(commands.ends())
                .hasSize(2)
                .allMatch(end -> end.getFinish().getFault().getCode().equals("UNAVAILABLE")
                        && end.getFinish().getFault().getRetryable());
    }

    private TestRoom room() throws IOException {
        TestRoom room = new TestRoom(folder, 1, 100, List.of(TestFunction.factory("train", models -> function)));
        await().until(() -> room.caller.get("/health").statusCode() == 200);
        return room;
    }

    private static InferenceItem order(String task, int attempt, int tries) {
        return item(task, "{\"params\": {}}")
                .setAttempt(attempt)
                .setTries(tries)
                .setMark(20)
                .setNextMark(40)
                .build();
    }

    private static ItemReply call(TestRoom room, InferenceItem item) {
        return room.caller.call("train", item).get(0);
    }
}
