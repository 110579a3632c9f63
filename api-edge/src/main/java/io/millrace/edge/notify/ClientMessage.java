package io.millrace.edge.notify;

import io.millrace.edge.Json;
import io.millrace.edge.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a client may say. */
sealed interface ClientMessage {
    /** Asks for a {@code pong}. */
    record Ping() implements ClientMessage {}

    /** From now on only tasks that were subscribed to are told. */
    record Subscribe(String taskId) implements ClientMessage {}

    /** Without any subscription left all tasks are told again. */
    record Unsubscribe(String taskId) implements ClientMessage {}

    /** Tell again what came after a message id, an RFC 3339 time or milliseconds since 1970. */
    record Sync(String since) implements ClientMessage {}

    record Ack(String messageId) implements ClientMessage {}

    /** @throws Problem 400 naming the field */
    static ClientMessage parse(byte[] text) {
        JsonNode json = read(text);
        String type = text(json, "type");
        return switch (type) {
            case "ping" -> new Ping();
            case "subscribe_task" -> new Subscribe(field(json, type, "task_id"));
            case "unsubscribe_task" -> new Unsubscribe(field(json, type, "task_id"));
            case "sync" -> new Sync(field(json, type, "since"));
            case "ack" -> new Ack(field(json, type, "message_id"));
            default ->
                throw Problem.invalid(
                        "type", "is not known", "Send ping, subscribe_task, unsubscribe_task, sync or ack.");
        };
    }

    private static JsonNode read(byte[] text) {
        try {
            // Jackson would take other encodings for JSON too.
            String decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
            JsonNode json = Json.REQUESTS.readTree(decoded);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (CharacterCodingException | JacksonException e) {
            // Falls through to the one complaint for all kinds of wrong.
        }
        throw Problem.invalid("", "is not a JSON object", "Send one JSON object a message, UTF-8.");
    }

    private static String field(JsonNode json, String type, String name) {
        for (String other : json.propertyNames()) {
            if (!Set.of("type", name).contains(other)) {
                throw Problem.invalid(other, "is not a field of " + type, "Send type and " + name + " only.");
            }
        }
        return text(json, name);
    }

    private static String text(JsonNode json, String name) {
        @Nullable JsonNode value = json.get(name);
        if (value != null && value.isIntegralNumber()) {
            return value.asString();
        }
        if (value == null
                || !value.isString()
                || value.asString().isEmpty()
                || value.asString().length() > 128) {
            throw Problem.invalid(name, "must be a text of 1 to 128 characters", "Send it.");
        }
        return value.asString();
    }
}
