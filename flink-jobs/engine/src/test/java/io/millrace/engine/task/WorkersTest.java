package io.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.v1.FinishPhase;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ReportProgress;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.v1.TaskFault;
import org.junit.jupiter.api.Test;

/** External phases: a function that accepts, and workers nobody calls. */
class WorkersTest {
    private final TaskLife task = new TaskLife();

    @Test
    void anAcceptedItemIsWaitedForUnderItsLease() {
        task.accept(task.running("train", "training"));

        assertThat(task.wake(PhaseTries.LEASE).getDueAtMs()).isEqualTo(task.now + 30_000);
    }

    @Test
    void aReportShowsTheWorkersWordsMovesTheBarAndRenewsTheLease() {
        task.accept(task.running("train", "training"));
        task.now += 20_000;

        report("epoch 3", 40, "loss 0.2");

        assertThat(task.step().getPhase()).isEqualTo("epoch 3");
        assertThat(task.step().getMessage()).isEqualTo("loss 0.2");
        assertThat(task.step().getProgress()).isEqualTo(40);
        assertThat(task.wake(PhaseTries.LEASE).getDueAtMs()).isEqualTo(task.now + 60_000);
        assertThat(task.lastEvent().getType()).isEqualTo(EventType.PROGRESSED.wireName());
    }

    @Test
    void theBarNeverGoesBackAndTheSameReportIsToldOnce() {
        task.accept(task.running("train", "training"));
        report("epoch 3", 40, "loss 0.2");
        report("epoch 3", 20, "loss 0.2");

        assertThat(task.told()).isEmpty();
        assertThat(task.wake(PhaseTries.LEASE).getDueAtMs()).isEqualTo(task.now + 60_000);
    }

    @Test
    void aWorkerMayEndAPhaseThatNobodyWasCalledFor() {
        task.accept(task.running("train", "training"));
        finish("{\"weights\":\"w\"}");
        assertThat(task.items()).isEmpty();
        assertThat(task.step().getPhase()).isEqualTo("reviewing");

        finish("{\"good\":true}");

        assertThat(task.items().get(0).getPhase()).isEqualTo("summing_up");
        task.succeed(task.items().get(0));
        assertThat(task.status()).isEqualTo("completed");
    }

    @Test
    void aWorkerThatGivesUpFailsTheTask() {
        task.accept(task.running("train", "training"));

        report("failed", -1, "out of memory");

        assertThat(task.status()).isEqualTo("failed");
        assertThat(task.step().getError().getCode()).isEqualTo("MODEL_ERROR");
        assertThat(task.step().getError().getMessage()).isEqualTo("out of memory");
    }

    @Test
    void silenceBeyondTheLeaseIsAFaultOfTheTry() {
        task.accept(task.running("train", "training"));
        task.ring(PhaseTries.LEASE);
        task.ring(PhaseTries.RETRY);
        InferenceItem second = task.items().get(0);
        assertThat(second.getTries()).isEqualTo(2);
        task.accept(second);

        task.ring(PhaseTries.LEASE);

        assertThat(task.status()).isEqualTo("failed");
        assertThat(task.step().getError().getCode()).isEqualTo("TIMEOUT");
    }

    @Test
    void aWorkersFaultIsRetriedLikeAFunctions() {
        task.accept(task.running("train", "training"));

        task.command(TaskCommand.newBuilder()
                .setFinish(FinishPhase.newBuilder()
                        .setFault(TaskFault.newBuilder()
                                .setCode(ErrorCode.MODEL_ERROR.name())
                                .setMessage("diverged")
                                .setRetryable(true))));

        assertThat(task.outcome()).isEqualTo("accepted");
        task.ring(PhaseTries.RETRY);
        assertThat(task.items()).hasSize(1);
    }

    @Test
    void theTimeAWorkerWorksIsNoOutage() {
        task.fail(task.running("train", "training"), ErrorCode.BUSY);
        task.ring(PhaseTries.RETRY);
        InferenceItem item = task.items().get(0);
        task.accept(item);
        for (int i = 0; i < 15; i++) {
            task.now += 60_000;
            report("epoch " + i, i, "");
            assertThat(task.outcome()).isEqualTo("accepted");
        }

        task.fail(item, ErrorCode.UNAVAILABLE);

        assertThat(task.status()).isEqualTo("processing");
        task.ring(PhaseTries.RETRY);
        assertThat(task.items()).hasSize(1);
    }

    @Test
    void aWorkerThatOnlySaysItCannotDoesNotWorkForEver() {
        task.accept(task.running("train", "training"));
        finish("{\"weights\":\"w\"}");
        long begun = task.now;

        while (task.status().equals("processing")
                && task.now - begun < 2 * TaskLife.LIMITS.outage().toMillis()) {
            task.command(TaskCommand.newBuilder()
                    .setFinish(FinishPhase.newBuilder()
                            .setFault(TaskFault.newBuilder()
                                    .setCode(ErrorCode.UNAVAILABLE.name())
                                    .setRetryable(true))));
            if (task.status().equals("processing")) {
                task.ring(PhaseTries.RETRY);
            }
        }

        assertThat(task.step().getError().getMessage()).contains("for 10 min");
    }

    @Test
    void anOutputThatIsNoObjectIsRefused() {
        task.accept(task.running("train", "training"));

        finish("[1]");

        assertThat(task.outcome()).isEqualTo("BAD_INPUT");
        assertThat(task.status()).isEqualTo("processing");
    }

    @Test
    void whatAWorkerSaysHasItsBounds() {
        task.accept(task.running("train", "training"));
        ByteString large = ByteString.copyFromUtf8("{\"a\":\"" + "x".repeat(40_000) + "\"}");

        task.command(TaskCommand.newBuilder()
                .setReport(ReportProgress.newBuilder().setPhase("epoch").setDetails(large)));
        assertThat(task.outcome()).isEqualTo("BAD_INPUT");
        task.command(TaskCommand.newBuilder()
                .setFinish(FinishPhase.newBuilder()
                        .setOutput(ByteString.copyFromUtf8("{}"))
                        .putFacts("loss", "x".repeat(1000))));
        assertThat(task.outcome()).isEqualTo("BAD_INPUT");
        report("p".repeat(1000), 40, "m".repeat(100_000));
        assertThat(task.step().getPhase()).hasSize(64);
        assertThat(task.step().getMessage()).hasSize(2000);
        task.command(TaskCommand.newBuilder()
                .setFinish(FinishPhase.newBuilder()
                        .setFault(TaskFault.newBuilder()
                                .setCode(ErrorCode.BAD_INPUT.name())
                                .setMessage("m".repeat(100_000))
                                .setDetails(large))));

        assertThat(task.status()).isEqualTo("failed");
        assertThat(task.step().getError().getSerializedSize()).isLessThan(1000);
    }

    @Test
    void nothingIsReportedOfAPhaseThatIsNotExternal() {
        task.running("poster", "parsing_intent");

        report("x", 50, "");

        assertThat(task.outcome()).isEqualTo("CONFLICT");
        assertThat(task.answer().getReason()).contains("is not external");
    }

    @Test
    void aFunctionMayNotAcceptWhereThePhaseIsNotExternal() {
        task.accept(task.running("poster", "parsing_intent"));

        assertThat(task.status()).isEqualTo("failed");
    }

    private void report(String phase, int percentage, String message) {
        task.command(TaskCommand.newBuilder()
                .setReport(ReportProgress.newBuilder()
                        .setPhase(phase)
                        .setPercentage(percentage)
                        .setMessage(message)));
    }

    private void finish(String output) {
        task.command(TaskCommand.newBuilder()
                .setFinish(FinishPhase.newBuilder().setOutput(ByteString.copyFromUtf8(output))));
    }
}
