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
import java.util.ArrayList;
import java.util.List;

/** Builds the items of the phase a task is in. */
final class PhaseItems {
    private PhaseItems() {}

    /** The one item of a phase; its hash is kept for the result. */
    static InferenceItem item(TaskDraft draft) {
        Phase phase = draft.phase();
        Input input = new Input(draft.state, phase, ByteString.EMPTY);
        ByteString hash = input.hash();
        draft.state.setPhaseInputHash(hash);
        return base(draft, phase)
                .setTries(draft.state.getTries())
                .setInputHash(hash)
                .setInput(input.json())
                .setAlone(draft.state.getAlone())
                .build();
    }

    /** One of many. */
    static InferenceItem item(TaskDraft draft, ItemState item, ByteString element) {
        Phase phase = draft.phase();
        Input input = new Input(draft.state, phase, element);
        return base(draft, phase)
                .setTries(item.getTries())
                .setInputHash(input.hash())
                .setInput(input.json())
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
            return new Input(state, phase, ByteString.EMPTY).hash();
        }
        JsonBytes all = new JsonBytes(1024).openList("items");
        elements.forEach(all::element);
        return new Input(state, phase, all.closeList().build()).hash();
    }

    /** Of a value among others of its kind, which the salt names. */
    static ByteString hash(String salt, ByteString value) {
        MessageDigest digest = sha256();
        digest.update(salt.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(value.asReadOnlyByteBuffer());
        return ByteString.copyFrom(digest.digest());
    }

    static ByteString sha256(ByteString value) {
        MessageDigest digest = sha256();
        digest.update(value.asReadOnlyByteBuffer());
        return ByteString.copyFrom(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
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

    /**
     * What a function or worker is given, and its hash.
     *
     * @param params the parameters the phase reads, a JSON object
     * @param results those the phase reads, as far as they are there
     * @param element of a for_each phase; else empty
     */
    private record Input(String salt, ByteString params, List<PhaseResult> results, ByteString element) {
        Input(TaskStateOrBuilder state, Phase phase, ByteString element) {
            this(PhaseItems.salt(phase), params(state, phase), results(state, phase), element);
        }

        ByteString json() {
            int size = params.size() + element.size() + 64;
            for (PhaseResult result : results) {
                size += result.getOutput().size() + result.getPhase().length() + 4;
            }
            JsonBytes json = new JsonBytes(size).raw("params", params).open("results");
            for (PhaseResult result : results) {
                json.raw(result.getPhase(), result.getOutput());
            }
            return json.close().raw("item", element).build();
        }

        /** Outputs go into it by their hashes, which are computed once however many phases read them. No part holds a zero byte. */
        ByteString hash() {
            MessageDigest digest = sha256();
            digest.update(salt.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(params.asReadOnlyByteBuffer());
            for (PhaseResult result : results) {
                digest.update((byte) 0);
                digest.update(result.getPhase().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                ByteString known = result.getOutputHash();
                digest.update((known.isEmpty() ? sha256(result.getOutput()) : known).asReadOnlyByteBuffer());
            }
            digest.update((byte) 0);
            digest.update(element.asReadOnlyByteBuffer());
            return ByteString.copyFrom(digest.digest());
        }

        private static ByteString params(TaskStateOrBuilder state, Phase phase) {
            List<String> wanted = phase.input().params();
            if (wanted == null) {
                return state.getInputParams();
            }
            JsonBytes json = new JsonBytes(state.getInputParams().size());
            List<ByteString> values = JsonSlices.fields(state.getInputParams(), wanted);
            for (int i = 0; i < wanted.size(); i++) {
                json.raw(wanted.get(i), values.get(i));
            }
            return json.build();
        }

        private static List<PhaseResult> results(TaskStateOrBuilder state, Phase phase) {
            List<String> reads = phase.input().reads();
            List<PhaseResult> results = new ArrayList<>(reads.size());
            for (PhaseResult result : state.getResultsList()) {
                if (reads.contains(result.getPhase()) && !result.getOutput().isEmpty()) {
                    results.add(result);
                }
            }
            return results;
        }
    }
}
