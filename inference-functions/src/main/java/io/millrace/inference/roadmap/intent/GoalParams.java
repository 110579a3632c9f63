package io.millrace.inference.roadmap.intent;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.roadmap.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of a roadmap task, checked. What they say wins over what the goal says. */
record GoalParams(
        String goal,
        @Nullable String language,
        @Nullable Level level,
        @Nullable Integer weeks,
        @Nullable Double hoursPerWeek,
        List<String> topics,
        long seed) {
    private static final int MAX_GOAL = 2000;
    private static final int MAX_TOPICS = 20;
    private static final int MAX_TOPIC = 80;

    GoalParams {
        topics = List.copyOf(topics);
    }

    static GoalParams read(JsonNode params) throws PhaseFailure {
        String goal =
                params.path("goal").asText(params.path("prompt").asText("")).strip();
        if (goal.isEmpty()) {
            throw PhaseFailure.badInput(
                    "goal", "is missing: say what is to be learned, e.g. \"Learn Kafka in 4 weeks\"");
        }
        if (goal.length() > MAX_GOAL) {
            throw PhaseFailure.badInput("goal", "has " + goal.length() + " characters: at most " + MAX_GOAL);
        }
        Double weeks = number(params, "duration_weeks", 1, 104);
        return new GoalParams(
                goal,
                language(params),
                level(params),
                weeks == null ? null : weeks.intValue(),
                number(params, "hours_per_week", 0.5, 60),
                topics(params.path("topics")),
                params.path("seed").asLong(0));
    }

    private static @Nullable String language(JsonNode params) throws PhaseFailure {
        String language = params.path("language").asText("").strip();
        if (!language.isEmpty() && !language.equals("en") && !language.equals("zh")) {
            throw PhaseFailure.badInput("language", "must be en or zh, not " + language);
        }
        return language.isEmpty() ? null : language;
    }

    private static @Nullable Level level(JsonNode params) throws PhaseFailure {
        String level = params.path("level").asText("").strip();
        if (level.isEmpty()) {
            return null;
        }
        return Level.named(level)
                .orElseThrow(() ->
                        PhaseFailure.badInput("level", "must be beginner, intermediate or advanced, not " + level));
    }

    private static @Nullable Double number(JsonNode params, String field, double min, double max) throws PhaseFailure {
        JsonNode node = params.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isNumber() || node.asDouble() < min || node.asDouble() > max) {
            throw PhaseFailure.badInput(field, "must be a number from " + min + " to " + max);
        }
        return node.asDouble();
    }

    private static List<String> topics(JsonNode list) throws PhaseFailure {
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        if (!list.isArray() || list.size() > MAX_TOPICS) {
            throw PhaseFailure.badInput("topics", "must be a list of at most " + MAX_TOPICS + " texts");
        }
        List<String> topics = new ArrayList<>();
        for (JsonNode node : list) {
            String topic = node.asText("").strip();
            if (!node.isTextual() || topic.isEmpty() || topic.length() > MAX_TOPIC) {
                throw PhaseFailure.badInput(
                        "topics[" + topics.size() + "]", "must be a text of 1 to " + MAX_TOPIC + " characters");
            }
            topics.add(topic);
        }
        return topics;
    }
}
