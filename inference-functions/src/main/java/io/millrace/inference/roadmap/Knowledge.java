package io.millrace.inference.roadmap;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.data.Resources;
import io.millrace.inference.function.PhaseFailure;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The subject maps that travel with the code, and the general way of learning for everything else. */
public final class Knowledge {
    /** Id of the general way of learning. */
    public static final String GENERAL = "general";

    private static final String FOLDER = "millrace/roadmap/";
    private static final List<String> SUBJECTS = List.of(
            "kafka", "python", "frontend", "data", "ml", "language", "guitar", "photography", "flowers", "running");

    private final Map<String, Subject> subjects = new LinkedHashMap<>();
    private final Subject general;

    /** @throws IOException when a map is missing or has another shape */
    public Knowledge() throws IOException {
        for (String id : SUBJECTS) {
            subjects.put(id, read(id));
        }
        general = read(GENERAL);
    }

    /**
     * One map.
     *
     * @param keywords regular expressions that name the subject in a goal, lower case
     * @param say sentences with its meaning
     */
    public record Subject(
            String id, String en, String zh, List<String> keywords, List<String> say, List<Entry> concepts) {
        public Subject {
            keywords = List.copyOf(keywords);
            say = List.copyOf(say);
            concepts = List.copyOf(concepts);
        }

        public Optional<Entry> concept(String conceptId) {
            return concepts.stream()
                    .filter(entry -> entry.id().equals(conceptId))
                    .findFirst();
        }
    }

    /**
     * One concept of a map.
     *
     * @param hours for a beginner
     * @param needs ids of concepts of the same map
     */
    public record Entry(String id, int level, double hours, List<String> needs, Text en, Text zh) {
        public Entry {
            needs = List.copyOf(needs);
        }

        public Text text(Goal goal) {
            return goal.chinese() ? zh : en;
        }
    }

    /**
     * What is known of a concept.
     *
     * @param can what one can do afterwards
     * @param points what is to be understood
     * @param practice what to do; named {@code do} in the files
     * @param find what to look for
     */
    public record Text(
            String title,
            List<String> can,
            List<String> points,
            @JsonProperty("do") List<String> practice,
            @Nullable List<String> find) {
        public Text {
            can = List.copyOf(can);
            points = List.copyOf(points);
            practice = List.copyOf(practice);
            find = find == null ? List.of() : List.copyOf(find);
        }

        /** What to look for; empty where the title says it best. */
        public List<String> searches() {
            return find == null ? List.of() : find;
        }

        /** The text with the words of the learner in it. */
        public Text about(String topic) {
            return new Text(
                    title.replace("{topic}", topic),
                    filled(can, topic),
                    filled(points, topic),
                    filled(practice, topic),
                    filled(searches(), topic));
        }

        private static List<String> filled(List<String> texts, String topic) {
            return texts.stream().map(text -> text.replace("{topic}", topic)).toList();
        }
    }

    /** All maps but the general way of learning. */
    public List<Subject> subjects() {
        return List.copyOf(subjects.values());
    }

    /** The map of this id; the general way of learning for any other. */
    public Subject subject(String id) {
        return subjects.getOrDefault(id, general);
    }

    public Subject general() {
        return general;
    }

    /** What a single topic is worked on with when no map knows it. */
    public Entry topic() {
        return Objects.requireNonNull(general.concept("topic").orElse(null), "general.json has no concept topic");
    }

    /** Concepts of the general way that are taken in only where they are wanted. */
    public static boolean optional(Entry entry) {
        return entry.id().equals("topic") || entry.id().equals("own");
    }

    private static Subject read(String id) throws IOException {
        JsonNode file = Resources.json(FOLDER + id + ".json");
        try {
            return Json.read(file, Subject.class, id + ".json");
        } catch (PhaseFailure e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
