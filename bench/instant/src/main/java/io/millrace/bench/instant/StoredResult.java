package io.millrace.bench.instant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.millrace.schemas.v1.ItemResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a function answered once, with places for what differs between tasks: {@code @TASK@} for 24 hex digits of the task, {@code @PICTURE@}
 * for the digest of the one picture. Answering joins bytes; nothing is parsed.
 */
public final class StoredResult {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TASK = "@TASK@";
    /** Of the time of a task's id and of its end, each: half of what stands for {@code @TASK@}. */
    private static final int DIGITS = 12;

    private final List<byte[]> parts = new ArrayList<>();
    private final Map<String, String> facts;
    private final int size;

    private StoredResult(String output, Map<String, String> facts) {
        for (String part : output.split(TASK, -1)) {
            parts.add(part.getBytes(StandardCharsets.UTF_8));
        }
        this.facts = Map.copyOf(facts);
        this.size = parts.stream().mapToInt(part -> part.length + 2 * DIGITS).sum();
    }

    /**
     * The stored result of a function, {@code {"instant": true}} when there is none.
     *
     * @param picture 64 hex digits
     */
    public static StoredResult of(String function, String picture) throws IOException {
        try (InputStream in = StoredResult.class.getResourceAsStream("/instant/" + function + ".json")) {
            if (in == null) {
                return new StoredResult("{\"instant\":true}", Map.of());
            }
            JsonNode stored =
                    JSON.readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@PICTURE@", picture));
            Map<String, String> facts = new LinkedHashMap<>();
            stored.path("facts")
                    .properties()
                    .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
            return new StoredResult(JSON.writeValueAsString(stored.path("output")), facts);
        }
    }

    /** What the function answers for this task. */
    public ItemResult answer(String taskId) {
        byte[] task = digits(taskId);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
        bytes.writeBytes(parts.get(0));
        for (byte[] part : parts.subList(1, parts.size())) {
            bytes.writeBytes(task);
            bytes.writeBytes(part);
        }
        ByteString output = UnsafeByteOperations.unsafeWrap(bytes.toByteArray());
        return ItemResult.newBuilder().setOutput(output).putAllFacts(facts).build();
    }

    /** 24 hex digits that only this task has and that sort as tasks do: the time of its id, and the end of it. */
    private static byte[] digits(String taskId) {
        String hex = taskId.substring(taskId.indexOf('_') + 1).replace("-", "");
        return (hex.substring(0, DIGITS) + hex.substring(hex.length() - DIGITS)).getBytes(StandardCharsets.US_ASCII);
    }
}
