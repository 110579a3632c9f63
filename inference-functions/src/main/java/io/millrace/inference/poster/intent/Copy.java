package io.millrace.inference.poster.intent;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.data.Resources;
import io.millrace.inference.poster.Occasion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Suggested words for each occasion in both languages; none of them claims a fact that the user did not give. */
final class Copy {
    private final JsonNode groups;

    Copy() throws IOException {
        groups = Resources.json("millrace/poster/copy.json");
    }

    /** @param topic finer than the occasion */
    record Words(
            String topic,
            String kicker,
            String headline,
            String subtitle,
            List<String> body,
            String cta,
            String footer) {}

    /** Words of the first topic with a keyword in the prompt; the last topic of an occasion has none and takes the rest. */
    Words words(Occasion occasion, String language, String prompt) {
        String lower = prompt.toLowerCase(Locale.ROOT);
        for (JsonNode topic : groups.path(occasion.label())) {
            JsonNode keywords = topic.path("when");
            boolean matches = keywords.isEmpty();
            for (JsonNode keyword : keywords) {
                matches |= lower.contains(keyword.asText());
            }
            if (matches) {
                return read(topic.path("topic").asText(), topic.path(language));
            }
        }
        throw new IllegalStateException("copy.json has no default topic for " + occasion);
    }

    private static Words read(String topic, JsonNode words) {
        List<String> body = new ArrayList<>();
        words.path("body").forEach(line -> body.add(line.asText()));
        return new Words(
                topic,
                words.path("kicker").asText(),
                words.path("headline").asText(),
                words.path("subtitle").asText(),
                body,
                words.path("cta").asText(),
                words.path("footer").asText());
    }
}
