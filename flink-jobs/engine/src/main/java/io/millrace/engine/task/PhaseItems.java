package io.millrace.engine.task;

import com.google.protobuf.ByteString;
import io.millrace.engine.json.JsonBytes;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.PhaseResult;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.workflow.Phase;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Builds the item of the phase a task is in. */
final class PhaseItems {
    private PhaseItems() {}

    static InferenceItem item(TaskDraft draft) {
        TaskState.Builder state = draft.state;
        Phase phase = draft.workflow.phase(state.getPhaseIndex());
        ByteString input = input(state, phase);
        return InferenceItem.newBuilder()
                .setTaskId(draft.taskId)
                .setUserId(state.getUserId())
                .setCampaignId(state.getCampaignId())
                .setPhase(phase.name())
                .setAttempt(state.getAttempt())
                .setStep(state.getStep())
                .setRound(state.getRound())
                .setTries(state.getTries())
                .setInputHash(hash(java.util.Objects.requireNonNull(phase.function()), input))
                .setInput(input)
                .setTraceparent(state.getTraceparent())
                .setMark(phase.mark())
                .setNextMark(draft.workflow.markAfter(state.getPhaseIndex()))
                .setDeadlineMs(draft.now() + phase.timeout().toMillis())
                .setAlone(state.getAlone())
                .build();
    }

    private static ByteString input(TaskState.Builder state, Phase phase) {
        int size = state.getInputParams().size() + 64;
        for (PhaseResult result : state.getResultsList()) {
            size += result.getOutput().size() + 64;
        }
        JsonBytes json =
                new JsonBytes(size).raw("params", state.getInputParams()).open("results");
        for (PhaseResult result : state.getResultsList()) {
            if (phase.input().reads().contains(result.getPhase())) {
                json.raw(result.getPhase(), result.getOutput());
            }
        }
        return json.close().build();
    }

    static ByteString hash(String salt, ByteString input) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(input.asReadOnlyByteBuffer());
            return ByteString.copyFrom(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
