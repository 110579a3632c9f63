package io.millrace.edge.poster;

import io.millrace.edge.Json;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.watch.Hub;
import io.millrace.schemas.v1.Step;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Posters out of the results of tasks that have just ended: there before the read model has written its rows, and without it. */
@Component
final class FreshPosters {
    private final Hub hub;

    FreshPosters(Hub hub) {
        this.hub = hub;
    }

    /**
     * A poster as {@code {poster, layers, elements}}.
     *
     * @param userId among this user's tasks; null: everybody's
     */
    Optional<ObjectNode> full(@Nullable String userId, String posterId) {
        String quoted = "\"" + posterId + "\"";
        return hub.tasksOf(userId).stream()
                .filter(view -> view.step().getResult().toStringUtf8().contains(quoted))
                .flatMap(view -> full(view, posterId).stream())
                .findFirst();
    }

    private static Optional<ObjectNode> full(TaskView view, String posterId) {
        Step step = view.step();
        JsonNode result = Json.lenient(step.getResult());
        if (!result.path("poster_id").asString("").equals(posterId)) {
            return Optional.empty();
        }
        ObjectNode poster = Json.object();
        if (result.path("poster") instanceof ObjectNode made) {
            poster.setAll(made);
        }
        poster.put("id", posterId)
                .put("task_id", view.taskId())
                .put("user_id", view.userId())
                .put("design_id", result.path("design_id").asString(null));
        String ended = Json.time(step.getCompletedAtMs());
        poster.put("created_at", ended).put("updated_at", ended);
        ObjectNode full = Json.object();
        full.set("poster", poster);
        full.set("layers", orElse(result.path("layers"), Json.MAPPER.createArrayNode()));
        full.set("elements", orElse(result.path("elements"), Json.object()));
        return Optional.of(full);
    }

    private static JsonNode orElse(JsonNode value, JsonNode fallback) {
        return value.isContainer() ? value : fallback;
    }
}
