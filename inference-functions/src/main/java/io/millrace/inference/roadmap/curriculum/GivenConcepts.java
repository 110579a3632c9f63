package io.millrace.inference.roadmap.curriculum;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.roadmap.Concept;
import io.millrace.inference.roadmap.Concept.Origin;
import io.millrace.inference.roadmap.Goal;
import io.millrace.inference.roadmap.Knowledge;
import java.util.ArrayList;
import java.util.List;

/** A plan of the caller's own: {@code concepts: [{title, id, hours, level, prerequisites}]}, taken as it is; validation mends it. */
final class GivenConcepts {
    private static final int MAX = 100;
    private static final double DEFAULT_HOURS = 3;

    private GivenConcepts() {}

    /** @param list the parameter; may be missing */
    static List<Concept> read(JsonNode list, Goal goal) throws PhaseFailure {
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        if (!list.isArray() || list.isEmpty() || list.size() > MAX) {
            throw PhaseFailure.badInput("concepts", "must be a list of 1 to " + MAX + " concepts");
        }
        List<Concept> concepts = new ArrayList<>();
        for (JsonNode node : list) {
            concepts.add(concept(node, "concepts[" + concepts.size() + "]", goal));
        }
        return concepts;
    }

    private static Concept concept(JsonNode node, String path, Goal goal) throws PhaseFailure {
        String title = node.path("title").asText("").strip();
        if (title.isEmpty() || title.length() > 120) {
            throw PhaseFailure.badInput(path + ".title", "must be a text of 1 to 120 characters");
        }
        List<String> prerequisites = new ArrayList<>();
        for (JsonNode one : node.path("prerequisites")) {
            prerequisites.add(one.asText());
        }
        double hours = node.path("hours").asDouble(DEFAULT_HOURS);
        if (hours < 0 || hours > 500) {
            throw PhaseFailure.badInput(path + ".hours", "must be 0 to 500");
        }
        int level = node.path("level").asInt(2);
        if (level < 1 || level > 4) {
            throw PhaseFailure.badInput(path + ".level", "must be 1 to 4");
        }
        String id = node.path("id").asText(title);
        String subject = goal.match().subject();
        return new Concept(
                id,
                title,
                subject.isEmpty() ? Knowledge.GENERAL : subject,
                Origin.GIVEN,
                level,
                Math.round(hours * 2) / 2.0,
                prerequisites,
                null);
    }
}
