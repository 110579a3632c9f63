package io.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.millrace.engine.Effect;
import io.millrace.engine.fixture.MySqlRow;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.v1.CampaignMessage;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.PhaseResult;
import io.millrace.schemas.v1.RejectedRecord;
import io.millrace.schemas.v1.SubmitTask;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.v1.TaskSnapshot;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks that go on after their end, and what stays of those that do not. */
class RevivalsTest {
    private final TaskLife task = new TaskLife();

    @Test
    void recoverGoesOnFromTheLastFinishedPhase() {
        InferenceItem failing = task.running("poster", "checking_ocr");
        task.fail(failing, ErrorCode.BAD_INPUT);

        task.recover(task.row());
        task.grant();

        InferenceItem again = task.items().get(0);
        assertThat(again.getPhase()).isEqualTo("checking_ocr");
        assertThat(again.getInputHash()).isEqualTo(failing.getInputHash());
        assertThat(again.getAttempt()).isEqualTo(failing.getAttempt() + 1);
        assertThat(task.events.stream().map(event -> event.getVersion()))
                .isEqualTo(java.util.stream.LongStream.rangeClosed(1, task.events.size())
                        .boxed()
                        .toList());
    }

    @Test
    void recoverRefinesAgainWhatFailedInItsSecondRound() {
        Map<String, String> poor = Map.of("passed", "false");
        task.succeed(task.running("poster", "assessing_quality"), "{}", poor);
        task.succeed(task.items().get(0), "{}", Map.of("back_to", "rendering_text"));
        task.succeed(task.upTo("assessing_quality"), "{}", poor);
        InferenceItem second = task.items().get(0);
        assertThat(second.getPhase()).isEqualTo("refining");
        task.fail(second, ErrorCode.BAD_INPUT);

        task.recover(task.row());
        task.grant();

        assertThat(task.items().get(0).getPhase()).isEqualTo("refining");
        assertThat(task.items().get(0).getRound()).isEqualTo(1);
    }

    @Test
    void recoverWorksAfterRetentionFromTheSnapshotAlone() {
        task.fail(task.running("poster", "checking_ocr"), ErrorCode.BAD_INPUT);
        TaskSnapshot row = task.row();
        task.afterRetention();

        task.recover(row);

        assertThat(task.outcome()).isEqualTo("accepted");
        assertThat(task.lastEvent().getType()).isEqualTo(EventType.RECOVERED.wireName());
        assertThat(task.lastEvent().getVersion()).isEqualTo(row.getVersion() + 1);
        // A cover's row is found by the roadmap its parameters name.
        assertThat(MySqlRow.parse(task.lastEvent().getData()).path("input_params"))
                .isEqualTo(MySqlRow.parse(row.getInputParams()));
    }

    @Test
    void withoutStateAndSnapshotThereIsNothing() {
        task.recover(null);
        assertThat(task.outcome()).isEqualTo("NOT_FOUND");
        task.delete(null);
        assertThat(task.outcome()).isEqualTo("NOT_FOUND");
        task.pause();
        assertThat(task.outcome()).isEqualTo("NOT_FOUND");
    }

    @Test
    void outputsBeyondTheBoundAreLeftOutAndComputedAgainWhenNeeded() {
        task.submit("poster");
        task.grant();
        String large = "{\"x\":\"" + "y".repeat(200 * 1024) + "\"}";
        for (String phase : List.of("parsing_intent", "generating_layout", "generating_background")) {
            assertThat(task.items().get(0).getPhase()).isEqualTo(phase);
            task.succeed(task.items().get(0), phase.equals("generating_layout") ? large.replace("x", "xx") : large);
        }
        task.fail(task.items().get(0), ErrorCode.BAD_INPUT);

        TaskSnapshot row = task.row();
        assertThat(row.getResultsList().stream()
                        .map(result -> result.getOutput().isEmpty()))
                .containsExactly(false, true, false);
        task.recover(row);
        task.grant();
        assertThat(task.items().get(0).getPhase()).isEqualTo("generating_layout");
        task.succeed(task.items().get(0), large.replace("x", "xx"));
        // The background was made from the same layout: it is taken over.
        assertThat(task.items().get(0).getPhase()).isEqualTo("generating_elements");
    }

    @Test
    void aDerivativeTakesOverWhatItsInputsAllow() {
        TaskLife parent = new TaskLife();
        parent.submit("course", "{\"topic\":\"bees\",\"tone\":\"warm\"}");
        parent.grant();
        Deque<InferenceItem> items = new ArrayDeque<>(parent.items());
        while (!items.isEmpty()) {
            parent.succeed(items.remove());
            items.addAll(parent.items());
        }
        List<PhaseResult> reusable = parent.row().getResultsList();
        task.now += 1;

        task.command(derivative("course", "{\"topic\":\"bees\",\"tone\":\"dry\"}", reusable));
        assertThat(task.answer().getDetails().toStringUtf8()).isEqualTo("{\"reused_phases\":[\"outlining\"]}");
        task.grant();

        assertThat(task.items().get(0).getPhase()).isEqualTo("writing");
        assertThat(task.step().getReusedPhasesList()).containsExactly("outlining");
    }

    @Test
    void aDerivativeWithNothingChangedIsThroughAtOnce() {
        task.succeed(task.running("poster", "finalizing"));
        TaskLife child = new TaskLife();

        child.command(derivative("poster", "{}", task.row().getResultsList()));
        child.grant();

        assertThat(child.items()).isEmpty();
        assertThat(child.status()).isEqualTo("completed");
        assertThat(child.step().getReusedPhasesCount()).isEqualTo(8);
    }

    @Test
    void deleteLeavesAFenceUntilRetention() {
        task.succeed(task.running("poster", "finalizing"));

        task.delete(task.row());

        assertThat(task.step().getDeleted()).isTrue();
        assertThat(task.step().getMessage()).isEqualTo("Deleted");
        assertThat(Objects.requireNonNull(task.memory).getEnded().getDeleted()).isTrue();
        task.delete(task.row());
        assertThat(task.outcome()).isEqualTo("NOT_FOUND");
    }

    @Test
    void resyncPublishesARunningTaskInFull() {
        task.running("poster", "checking_ocr");

        task.resync(null);

        assertThat(task.outcome()).isEqualTo("accepted");
        assertThat(task.lastEvent().getType()).isEqualTo(EventType.SNAPSHOT.wireName());
        assertThat(task.row().getResultsCount()).isEqualTo(5);
    }

    @Test
    void resyncEndsATaskThatTheOrchestratorDoesNotKnow() {
        task.running("poster", "checking_ocr");
        task.resync(null);
        TaskSnapshot row = task.row();
        task.memory = null;

        task.resync(row);

        assertThat(task.status()).isEqualTo("failed");
        assertThat(task.step().getError().getCode()).isEqualTo("STATE_LOST");
        assertThat(task.lastEvent().getVersion()).isEqualTo(row.getVersion() + 1);
    }

    @Test
    void resyncOfAnEndedTaskSaysHowItEnded() {
        task.running("poster", "checking_ocr");
        task.resync(null);
        TaskSnapshot stale = task.row();
        task.cancel();

        task.resync(stale);

        assertThat(task.lastEvent().getType()).isEqualTo(EventType.SNAPSHOT.wireName());
        JsonNode event = MySqlRow.parse(task.lastEvent().getData());
        assertThat(event.path("status").asText()).isEqualTo("cancelled");
        // Readers take it by this for one that knows nothing of the outcome, and keep what they have.
        assertThat(event.has("completed_at")).isFalse();
        assertThat(event.has("created_at")).isTrue();
        assertThat(Objects.requireNonNull(task.memory).getEnded().getVersion())
                .isEqualTo(task.lastEvent().getVersion());
    }

    @Test
    void aStuckTaskBeginsItsPhaseAgain() {
        InferenceItem item = task.running("poster", "checking_ocr");
        task.recover(null);
        assertThat(task.outcome()).isEqualTo("CONFLICT");
        task.now += TaskLife.LIMITS.outage().plus(Duration.ofMinutes(1)).toMillis();

        task.recover(null);

        assertThat(task.status()).isEqualTo("queued");
        task.grant();
        assertThat(task.items().get(0).getPhase()).isEqualTo(item.getPhase());
    }

    @Test
    void aTombstoneHasAtMostTwoHundredBytesWhateverItsIds() {
        String user = "用".repeat(128);
        String command = "c".repeat(200);
        for (boolean seen : new boolean[] {true, false}) {
            TaskLife life = new TaskLife();
            TaskCommand.Builder cancel =
                    life.body("poster", "{}").setTaskId(life.id).setUserId(user);
            if (seen) {
                life.send(message(cancel.setCommandId("submit")));
            }
            life.send(message(TaskCommand.newBuilder()
                    .setTaskId(life.id)
                    .setUserId(user)
                    .setCommandId(command)
                    .setCancel(io.millrace.schemas.v1.CancelTask.newBuilder().setReason("不要了".repeat(100)))));

            assertThat(Objects.requireNonNull(life.memory).hasEnded()).isTrue();
            assertThat(life.memory.getSerializedSize()).isLessThanOrEqualTo(200);
        }
    }

    @Test
    void aCampaignHearsOfEachEndAndOfARecovery() {
        task.command(TaskCommand.newBuilder()
                .setSubmit(SubmitTask.newBuilder()
                        .setType("poster")
                        .setCampaignId("camp_1")
                        .setCampaignRow(7)
                        .setCreatedAtMs(task.now)));
        task.grant();
        task.fail(task.items().get(0), ErrorCode.BAD_INPUT);
        CampaignMessage ended = toCampaign();
        assertThat(ended.getEnded().getRow()).isEqualTo(7);
        assertThat(ended.getEnded().getStatus()).isEqualTo("failed");

        task.recover(task.row());

        assertThat(toCampaign().getReopened().getRow()).isEqualTo(7);
    }

    @Test
    void aRowThatIsTurnedAwayHasEndedForItsCampaign() {
        task.command(TaskCommand.newBuilder()
                .setSubmit(SubmitTask.newBuilder().setType("sculpture").setCampaignId("camp_1")));

        assertThat(task.outcome()).isEqualTo("BAD_INPUT");
        assertThat(toCampaign().getEnded().getStatus()).isEqualTo("failed");
        assertThat(task.memory).isNull();
    }

    /** Whoever writes commands to Kafka may not have looked at them as the edge does. */
    @ParameterizedTest
    @ValueSource(strings = {"garbage", "[1]", "{\"a\":1}}", "DEEP"})
    void parametersThatNoEventCouldHoldAreTurnedAway(String params) {
        String given = params.equals("DEEP") ? "{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}" : params;
        task.command(TaskCommand.newBuilder()
                .setSubmit(SubmitTask.newBuilder()
                        .setType("poster")
                        .setCampaignId("camp_1")
                        .setInputParams(ByteString.copyFromUtf8(given))));

        assertThat(task.outcome()).isEqualTo("BAD_INPUT");
        assertThat(toCampaign().getEnded().getStatus()).isEqualTo("failed");
        assertThat(task.memory).isNull();
    }

    @Test
    void aRowThatIsTakenInTooLateIsADeadLetter() {
        task.afterRetention();
        task.now++;
        TaskCommand.Builder submit = task.body("poster", "{}");
        submit.getSubmitBuilder().setCampaignId("camp_1").setCampaignRow(3);

        task.command(submit);

        assertThat(task.outcome()).isEqualTo("BAD_INPUT");
        assertThat(toCampaign().getEnded().getStatus()).isEqualTo("failed");
        assertThat(task.events).as("its task may have lived and ended before").isEmpty();
        RejectedRecord rejected =
                task.all(Effect.Reject.class).findFirst().orElseThrow().rejected();
        assertThat(rejected.getKey().toStringUtf8()).isEqualTo(task.id);
        assertThat(rejected.getValue()).isEqualTo(submit.build().toByteString());
        assertThat(rejected.getSource()).isEqualTo("tasks.campaign-rows.v1");
        assertThat(rejected.getReason()).contains("too long ago");
    }

    private CampaignMessage toCampaign() {
        return task.all(Effect.ToCampaign.class).findFirst().orElseThrow().message();
    }

    private static io.millrace.schemas.v1.TaskMessage message(TaskCommand.Builder command) {
        return io.millrace.schemas.v1.TaskMessage.newBuilder()
                .setCommand(command)
                .build();
    }

    private TaskCommand.Builder derivative(String type, String params, List<PhaseResult> reusable) {
        return TaskCommand.newBuilder()
                .setSubmit(SubmitTask.newBuilder()
                        .setType(type)
                        .setCreatedAtMs(task.now)
                        .setParentTaskId("task_parent")
                        .setInputParams(ByteString.copyFromUtf8(params))
                        .addAllReusable(reusable));
    }
}
