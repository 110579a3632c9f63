package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The guarantee of every stream of one task: its steps are numbered, none is lost and none comes twice, and it ends with {@code done}. */
final class DurableSteps {
    private static final Set<String> STEPS = Set.of("snapshot", "progress", "complete");

    private DurableSteps() {}

    /** @param events bodies in the order a client saw them, over all its connections, snapshots of later ones left out */
    static void withoutGapOrRepeat(List<JsonNode> events) {
        List<Integer> steps = new ArrayList<>();
        for (JsonNode event : events) {
            if (isStep(event)) {
                steps.add(event.path("step").asInt());
            }
        }
        int first = steps.get(0);
        for (int i = 0; i < steps.size(); i++) {
            assertThat(steps.get(i)).as("steps seen: %s", steps).isEqualTo(first + i);
        }
        assertThat(events.get(events.size() - 1).path("event").asText()).isEqualTo("done");
    }

    /** Whether it is a step with a record of its own: ticks and queue places conflate, as a client is slow or quick. */
    static boolean isStep(JsonNode event) {
        return STEPS.contains(event.path("event").asText())
                && !event.has("phase_progress")
                && event.has("step")
                && !event.has("queue");
    }
}
