package io.millrace.local.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** Turns the edge's problem documents (RFC 9457) into text for a terminal. */
final class Problems {
    private static final int FIRST_REFUSAL = 400;
    private static final int FIRST_FAILURE = 500;
    private static final int TOO_MANY = 429;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Problems() {}

    /** What was wrong, with one line for each field. */
    static String sentence(int status, String body) {
        try {
            JsonNode problem = JSON.readTree(body);
            String said = first(problem, "message", "detail", "title");
            StringBuilder text = new StringBuilder("The edge refused (" + status + ")");
            if (!said.isEmpty()) {
                text.append(": ").append(said);
            }
            for (JsonNode error : problem.path("errors")) {
                text.append("\n  ")
                        .append(first(error, "field", "pointer"))
                        .append(' ')
                        .append(first(error, "message", "detail"))
                        .append(
                                error.hasNonNull("remedy")
                                        ? " " + error.path("remedy").asText()
                                        : "");
            }
            return text.toString();
        } catch (JsonProcessingException notJson) {
            return "The edge answered with HTTP " + status + "; see ./millrace logs edge.";
        }
    }

    /** The sentence for a problem document that trying again cannot cure; nothing for others and for other text. */
    static Optional<String> refusal(String document) {
        try {
            JsonNode problem = JSON.readTree(document);
            int status = problem.path("status").asInt();
            boolean forGood = status >= FIRST_REFUSAL && status < FIRST_FAILURE && status != TOO_MANY;
            return forGood ? Optional.of(sentence(status, document)) : Optional.empty();
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    private static String first(JsonNode node, String... names) {
        for (String name : names) {
            if (node.hasNonNull(name)) {
                return node.path(name).asText();
            }
        }
        return "";
    }
}
