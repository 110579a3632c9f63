package io.millrace.engine.task;

import com.google.protobuf.ByteString;
import io.millrace.engine.json.JsonBytes;
import io.millrace.engine.json.JsonSlices;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemState;
import io.millrace.schemas.v1.PhaseResult;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.v1.TaskStateOrBuilder;
import io.millrace.schemas.workflow.Phase;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Builds the items of the phase a task is in. */
final class PhaseItems {
    private PhaseItems() {}

    /** The one item of a phase; its hash is kept for the result. */
    static InferenceItem item(TaskDraft draft) {
        Phase phase = draft.phase();
        ByteString input = input(draft.state, phase, ByteString.EMPTY);
        ByteString hash = hash(salt(phase), input);
        draft.state.setPhaseInputHash(hash);
        return base(draft, phase)
                .setTries(draft.state.getTries())
                .setInputHash(hash)
                .setInput(input)
                .setAlone(draft.state.getAlone())
                .build();
    }

    /** One of many. */
    static InferenceItem item(TaskDraft draft, ItemState item, ByteString element) {
        Phase phase = draft.phase();
        ByteString input = input(draft.state, phase, element);
        return base(draft, phase)
                .setTries(item.getTries())
                .setInputHash(hash(salt(phase), input))
                .setInput(input)
                .setAlone(item.getAlone())
                .setItem(item.getIndex() + 1)
                .build();
    }

    /**
     * Two phases of one hash produce the same.
     *
     * @param elements of a for_each phase; else empty
     */
    static ByteString inputHash(TaskStateOrBuilder state, Phase phase, List<ByteString> elements) {
        if (phase.flow().forEach() == null) {
            return hash(salt(phase), input(state, phase, ByteString.EMPTY));
        }
        JsonBytes all = new JsonBytes(1024).raw("input", input(state, phase, ByteString.EMPTY));
        all.openList("items");
        elements.forEach(all::element);
        return hash(salt(phase), all.closeList().build());
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

    private static InferenceItem.Builder base(TaskDraft draft, Phase phase) {
        TaskState.Builder state = draft.state;
        return InferenceItem.newBuilder()
                .setTaskId(draft.taskId)
                .setUserId(state.getUserId())
                .setCampaignId(state.getCampaignId())
                .setPhase(phase.name())
                .setAttempt(state.getAttempt())
                .setStep(state.getStep())
                .setRound(state.getRound())
                .setTraceparent(state.getTraceparent())
                .setMark(phase.mark())
                .setNextMark(draft.workflow.markAfter(state.getPhaseIndex()))
                .setDeadlineMs(draft.now() + phase.timeout().toMillis())
                .setBucket(bucket(state, phase));
    }

    private static ByteString input(TaskStateOrBuilder state, Phase phase, ByteString element) {
        int size = state.getInputParams().size() + element.size() + 64;
        for (PhaseResult result : state.getResultsList()) {
            size += result.getOutput().size() + 64;
        }
        JsonBytes json = new JsonBytes(size);
        params(json, state.getInputParams(), phase.input().params());
        json.open("results");
        List<String> reads = phase.input().reads();
        for (PhaseResult result : state.getResultsList()) {
            if (reads.contains(result.getPhase())) {
                json.raw(result.getPhase(), result.getOutput());
            }
        }
        return json.close().raw("item", element).build();
    }

    private static void params(
            JsonBytes json, ByteString params, @org.jspecify.annotations.Nullable List<String> wanted) {
        if (wanted == null) {
            json.raw("params", params);
            return;
        }
        json.open("params");
        List<ByteString> values = JsonSlices.fields(params, wanted);
        for (int i = 0; i < wanted.size(); i++) {
            json.raw(wanted.get(i), values.get(i));
        }
        json.close();
    }

    private static String bucket(TaskState.Builder state, Phase phase) {
        List<String> keys = phase.batch().bucket();
        if (keys.isEmpty()) {
            return "";
        }
        StringBuilder bucket = new StringBuilder();
        for (ByteString value : JsonSlices.fields(state.getInputParams(), keys)) {
            bucket.append(value.toStringUtf8()).append('|');
        }
        return bucket.toString();
    }

    /** What a worker makes of an input is not what a function makes of it. */
    private static String salt(Phase phase) {
        String function = phase.function();
        return function == null ? "external:" + phase.name() : function;
    }
}
