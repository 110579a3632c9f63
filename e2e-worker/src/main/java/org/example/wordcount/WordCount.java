package org.example.wordcount;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.BatchRequest;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemFailure;
import io.millrace.schemas.v1.ItemReply;
import io.millrace.schemas.v1.ItemResult;
import java.io.IOException;

/** The function: the parameter {@code text} to the number of its words and characters and the seconds it takes to read. */
final class WordCount {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WORDS_PER_MINUTE = 230;

    private WordCount() {}

    /** One reply for each item, in their order; a bad item fails alone. */
    static BatchReply answer(BatchRequest batch, long nowMillis) {
        BatchReply.Builder reply =
                BatchReply.newBuilder().setBatchId(batch.getBatchId()).setSlot(batch.getSlot());
        for (InferenceItem item : batch.getItemsList()) {
            boolean late = batch.getExpiresAtMs() > 0 && nowMillis >= batch.getExpiresAtMs();
            reply.addItems(late ? failed(item, ErrorCode.EXPIRED, "the batch has expired") : answer(item));
        }
        return reply.build();
    }

    private static ItemReply answer(InferenceItem item) {
        JsonNode text;
        try {
            text = JSON.readTree(item.getInput().newInput()).path("params").path("text");
        } catch (IOException e) {
            return failed(item, ErrorCode.BAD_INPUT, "input must be one JSON object: " + e.getMessage());
        }
        if (!text.isTextual() || text.asText().isBlank()) {
            return failed(item, ErrorCode.BAD_INPUT, "text is missing: give the text whose words are to be counted");
        }
        String stripped = text.asText().strip();
        int words = stripped.split("\\s+", -1).length;
        ObjectNode output = JSON.createObjectNode()
                .put("words", words)
                .put("characters", stripped.codePointCount(0, stripped.length()))
                .put("reading_seconds", Math.round(words * 60.0 / WORDS_PER_MINUTE));
        return echo(item)
                .setResult(ItemResult.newBuilder()
                        .setOutput(ByteString.copyFrom(bytes(output)))
                        .putFacts("words", Integer.toString(words)))
                .build();
    }

    private static ItemReply failed(InferenceItem item, ErrorCode code, String message) {
        return echo(item)
                .setFailure(ItemFailure.newBuilder()
                        .setCode(code.name())
                        .setMessage(message)
                        .setRetryable(code.retryable()))
                .build();
    }

    /** What every reply repeats of its item. */
    private static ItemReply.Builder echo(InferenceItem item) {
        return ItemReply.newBuilder()
                .setTaskId(item.getTaskId())
                .setPhase(item.getPhase())
                .setAttempt(item.getAttempt())
                .setRound(item.getRound())
                .setTries(item.getTries())
                .setItem(item.getItem());
    }

    private static byte[] bytes(ObjectNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }
}
