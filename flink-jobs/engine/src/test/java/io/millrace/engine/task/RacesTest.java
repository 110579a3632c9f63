package io.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Effect;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.v1.CancelTask;
import io.millrace.schemas.v1.FinishPhase;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.PauseTask;
import io.millrace.schemas.v1.ReportProgress;
import io.millrace.schemas.v1.SubmitTask;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskSnapshot;
import org.junit.jupiter.api.Test;

/** The table of races in docs/control.md: each has one outcome, whichever comes first. */
class RacesTest {
    private final TaskLife task = new TaskLife();

    @Test
    void cancelBeforeTheLastResultEndsTheTaskCancelledAndTheResultIsDropped() {
        InferenceItem last = task.running("poster", "finalizing");

        task.cancel();

        TaskMemory ended = task.memory;
        assertThat(task.status()).isEqualTo("cancelled");
        task.succeed(last);
        assertThat(task.memory).isEqualTo(ended);
        assertThat(task.told()).isEmpty();
    }

    @Test
    void cancelAfterTheLastResultIsRefused() {
        task.succeed(task.running("poster", "finalizing"));

        task.cancel();

        assertThat(task.outcome()).isEqualTo("CONFLICT");
        assertThat(task.answer().getReason()).isEqualTo("the task is already completed");
    }

    @Test
    void pauseInTheLastPhaseIsAcceptedAndTheTaskCompletes() {
        InferenceItem last = task.running("poster", "finalizing");

        task.pause();
        assertThat(task.outcome()).isEqualTo("accepted");
        assertThat(task.step().getPauseRequested()).isTrue();

        task.succeed(last);
        assertThat(task.status()).isEqualTo("completed");
    }

    @Test
    void pauseInAPhaseThatFailsLeavesTheTaskFailed() {
        InferenceItem item = task.running("poster", "checking_ocr");
        task.pause();

        task.fail(item, ErrorCode.BAD_INPUT);

        assertThat(task.status()).isEqualTo("failed");
    }

    @Test
    void pauseWhileQueuedGivesTheLateGrantBack() {
        task.submit("poster");
        long ticket = task.ticket();
        task.pause();

        task.grant(ticket);

        assertThat(task.status()).isEqualTo("paused");
        assertThat(task.releases(ticket)).isTrue();
    }

    @Test
    void resumeWaitsWithANewTicketAndTheOldGrantIsGivenBack() {
        task.submit("poster");
        long first = task.ticket();
        task.pause();
        task.resume();
        long second = task.ticket();

        task.grant(first);

        assertThat(second).isGreaterThan(first);
        assertThat(task.releases(first)).isTrue();
        assertThat(task.status()).isEqualTo("queued");
        task.grant(second);
        assertThat(task.status()).isEqualTo("processing");
    }

    @Test
    void resumeBeforeTheBorderTakesThePauseBack() {
        InferenceItem item = task.running("poster", "parsing_intent");
        task.pause();

        task.resume();

        assertThat(task.outcome()).isEqualTo("accepted");
        task.succeed(item);
        assertThat(task.status()).isEqualTo("processing");
    }

    @Test
    void resumeAfterTheBorderEnqueuesAgain() {
        InferenceItem item = task.running("poster", "parsing_intent");
        long ticket = task.ticket();
        task.pause();
        task.succeed(item);
        assertThat(task.status()).isEqualTo("paused");
        assertThat(task.releases(ticket)).isTrue();

        task.resume();

        assertThat(task.status()).isEqualTo("queued");
        task.grant();
        assertThat(task.items().get(0).getPhase()).isEqualTo("generating_layout");
    }

    @Test
    void resumeTwiceIsRefusedTheSecondTime() {
        task.submit("poster");
        task.pause();
        task.resume();

        task.resume();

        assertThat(task.outcome()).isEqualTo("CONFLICT");
    }

    @Test
    void resumeAfterCancelIsRefused() {
        task.submit("poster");
        task.pause();
        task.cancel();

        task.resume();

        assertThat(task.outcome()).isEqualTo("CONFLICT");
        assertThat(task.status()).isEqualTo("cancelled");
    }

    @Test
    void cancelBeforeSubmitStopsTheSubmit() {
        task.cancel();
        assertThat(task.outcome()).isEqualTo("accepted");

        task.submit("poster");

        assertThat(task.status()).isEqualTo("cancelled");
        assertThat(task.step().getCancelReason()).isEqualTo("not wanted");
        assertThat(task.events).hasSize(2);
    }

    @Test
    void stopBeforeTheResultFencesIt() {
        InferenceItem item = task.running("poster", "generating_layout");
        long ticket = task.ticket();

        task.stop();

        assertThat(task.status()).isEqualTo("paused");
        assertThat(task.releases(ticket)).isTrue();
        assertThat(task.all(Effect.StopComputing.class)).hasSize(1);
        TaskMemory paused = task.memory;
        task.succeed(item);
        assertThat(task.memory).isEqualTo(paused);
        task.resume();
        task.grant();
        assertThat(task.items().get(0).getPhase()).isEqualTo("generating_layout");
        assertThat(task.items().get(0).getAttempt()).isEqualTo(item.getAttempt() + 1);
    }

    @Test
    void stopAfterTheResultInterruptsTheNextPhase() {
        task.succeed(task.running("poster", "parsing_intent"));

        task.stop();

        task.start();
        task.grant();
        assertThat(task.items().get(0).getPhase()).isEqualTo("generating_layout");
    }

    @Test
    void theSecondOfTwoRecoversIsRefused() {
        TaskSnapshot row = failed();
        task.recover(row);
        assertThat(task.outcome()).isEqualTo("accepted");

        task.recover(row);

        assertThat(task.outcome()).isEqualTo("CONFLICT");
        assertThat(task.status()).isEqualTo("queued");
    }

    @Test
    void aRecoverWithWhatWasKnownBeforeTheLastEndIsRefused() {
        TaskSnapshot row = failed();
        task.recover(row);
        task.grant();
        task.fail(task.items().get(0), ErrorCode.BAD_INPUT);

        task.recover(row);

        assertThat(task.outcome()).isEqualTo("CONFLICT");
        assertThat(task.answer().getReason()).contains("behind");
        task.recover(task.row());
        assertThat(task.outcome()).isEqualTo("accepted");
    }

    @Test
    void aReplyOfTheLifeBeforeARecoverChangesNothing() {
        InferenceItem item = task.running("poster", "checking_ocr");
        task.fail(item, ErrorCode.BAD_INPUT);
        task.recover(task.row());
        task.grant();
        TaskMemory running = task.memory;

        task.succeed(item);

        assertThat(task.memory).isEqualTo(running);
    }

    @Test
    void deleteBeforeRecoverLeavesNothingToRecover() {
        TaskSnapshot row = failed();
        task.delete(row);
        assertThat(task.outcome()).isEqualTo("accepted");
        assertThat(task.lastEvent().getType()).isEqualTo(EventType.DELETED.wireName());

        task.recover(row);

        assertThat(task.outcome()).isEqualTo("NOT_FOUND");
        task.submit("poster");
        assertThat(task.outcome()).isEqualTo("CONFLICT");
    }

    @Test
    void recoverBeforeDeleteRefusesTheDelete() {
        TaskSnapshot row = failed();
        task.recover(row);

        task.delete(row);

        assertThat(task.outcome()).isEqualTo("CONFLICT");
        assertThat(task.answer().getReason()).contains("cancel it first");
    }

    @Test
    void deleteWhileActiveIsRefused() {
        task.running("poster", "parsing_intent");

        task.delete(null);

        assertThat(task.outcome()).isEqualTo("CONFLICT");
        assertThat(task.status()).isEqualTo("processing");
    }

    @Test
    void theDeadlineBeforeACancelRefusesTheCancel() {
        task.command(TaskCommand.newBuilder()
                .setSubmit(SubmitTask.newBuilder()
                        .setType("poster")
                        .setCreatedAtMs(task.now)
                        .setEndDeadlineMs(task.now + 1000)));
        task.ring(Deadlines.END);
        assertThat(task.status()).isEqualTo("cancelled");

        task.cancel();

        assertThat(task.outcome()).isEqualTo("CONFLICT");
    }

    @Test
    void theStartDeadlineDoesNotTouchATaskThatHasStarted() {
        task.command(TaskCommand.newBuilder()
                .setSubmit(SubmitTask.newBuilder()
                        .setType("poster")
                        .setCreatedAtMs(task.now)
                        .setStartDeadlineMs(task.now + 1000)));
        io.millrace.schemas.v1.Timer timer = task.wake(Deadlines.START);
        task.grant();
        task.now = timer.getDueAtMs();

        task.send(
                io.millrace.schemas.v1.TaskMessage.newBuilder().setTimer(timer).build());

        assertThat(task.status()).isEqualTo("processing");
    }

    @Test
    void theStartDeadlineCancelsATaskThatStillWaits() {
        task.command(TaskCommand.newBuilder()
                .setSubmit(SubmitTask.newBuilder()
                        .setType("poster")
                        .setCreatedAtMs(task.now)
                        .setStartDeadlineMs(task.now + 1000)));

        task.ring(Deadlines.START);

        assertThat(task.status()).isEqualTo("cancelled");
        assertThat(task.step().getCancelReason()).isEqualTo("not started by its deadline");
    }

    @Test
    void aWorkersWordAfterAStopIsRefused() {
        task.accept(task.running("train", "training"));
        task.stop();
        task.start();
        task.grant();

        task.command(TaskCommand.newBuilder()
                .setReport(ReportProgress.newBuilder().setPercentage(40).setAttempt(1)));

        assertThat(task.outcome()).isEqualTo("CONFLICT");
        assertThat(task.answer().getReason()).contains("attempt 1 is over");
    }

    @Test
    void aWorkerThatEndsAfterItsLeaseRanOutStillEndsThePhase() {
        task.accept(task.running("train", "training"));
        task.ring(PhaseTries.LEASE);
        assertThat(task.status()).isEqualTo("processing");

        task.command(TaskCommand.newBuilder()
                .setFinish(FinishPhase.newBuilder()
                        .setOutput(com.google.protobuf.ByteString.copyFromUtf8("{\"weights\":1}"))));

        assertThat(task.outcome()).isEqualTo("accepted");
        assertThat(task.step().getPhase()).isEqualTo("reviewing");
    }

    @Test
    void aPhaseThatIsEndedTwiceDoesNotEndTheNextOne() {
        task.accept(task.running("train", "training"));
        FinishPhase.Builder finish = FinishPhase.newBuilder()
                .setPhase("training")
                .setOutput(com.google.protobuf.ByteString.copyFromUtf8("{}"));
        task.command(TaskCommand.newBuilder().setFinish(finish));

        task.command(TaskCommand.newBuilder().setFinish(finish));

        assertThat(task.outcome()).isEqualTo("CONFLICT");
        assertThat(task.answer().getReason()).isEqualTo("phase training is over: the task is in reviewing");
    }

    @Test
    void aRepeatedCommandIsAnsweredAgainAndNotCarriedOutAgain() {
        task.running("poster", "parsing_intent");
        TaskCommand.Builder pause = TaskCommand.newBuilder().setPause(PauseTask.getDefaultInstance());
        task.repeat(pause, "pause-1");
        task.resume();
        TaskMemory running = task.memory;

        task.repeat(pause, "pause-1");

        assertThat(task.outcome()).isEqualTo("accepted");
        assertThat(task.memory).isEqualTo(running);
    }

    @Test
    void aRefusedCommandStaysRefusedWhenItComesAgain() {
        task.submit("poster");
        TaskCommand.Builder resume =
                TaskCommand.newBuilder().setResume(io.millrace.schemas.v1.ResumeTask.getDefaultInstance());
        task.repeat(resume, "resume-1");
        task.pause();

        task.repeat(resume, "resume-1");

        assertThat(task.outcome()).isEqualTo("CONFLICT");
        assertThat(task.status()).isEqualTo("paused");
    }

    @Test
    void theCommandThatEndedTheTaskIsAcceptedAgainAndAnotherRefused() {
        task.running("poster", "parsing_intent");
        TaskCommand.Builder cancel = TaskCommand.newBuilder().setCancel(CancelTask.getDefaultInstance());
        task.repeat(cancel, "cancel-1");

        task.repeat(cancel, "cancel-1");
        assertThat(task.outcome()).isEqualTo("accepted");

        task.repeat(cancel, "cancel-2");
        assertThat(task.outcome()).isEqualTo("CONFLICT");
    }

    private TaskSnapshot failed() {
        task.fail(task.running("poster", "checking_ocr"), ErrorCode.BAD_INPUT);
        return task.row();
    }
}
