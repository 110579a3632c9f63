package io.millrace.edge.edit;

import io.millrace.edge.Json;
import io.millrace.edge.database.Database;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.watch.Hub;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.Step;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Posters out of the results of tasks that have just ended: read before the read model has written their rows, and without it. To
 * change them the rows are waited for.
 */
@Component
public final class Fresh {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Hub hub;
    private final Database database;

    Fresh(Hub hub, Database database) {
        this.hub = hub;
        this.database = database;
    }

    /**
     * A poster as {@code {poster, layers, elements}}.
     *
     * @param userId among this user's tasks; null: everybody's
     */
    public Mono<ObjectNode> full(@Nullable String userId, String posterId) {
        return unlessWritten(
                userId,
                posterId,
                full -> full.at("/poster/id").asString("").equals(posterId) ? Optional.of(full) : Optional.empty());
    }

    /** A layer of such a poster. */
    public Mono<ObjectNode> layer(@Nullable String userId, String id) {
        return unlessWritten(userId, id, full -> named(full.path("layers"), id));
    }

    /** An element of such a poster. */
    public Mono<ObjectNode> element(@Nullable String userId, String id) {
        return unlessWritten(
                userId,
                id,
                full -> full.path("elements")
                        .valueStream()
                        .flatMap(ofLayer -> named(ofLayer, id).stream())
                        .findFirst());
    }

    /** Completes when the rows of the poster, layer or element are there, or it is none of a task that has just ended; 503 after 3 s. */
    public Mono<Void> awaited(@Nullable String userId, String id) {
        Optional<String> poster =
                posterOf(userId, id).map(full -> full.at("/poster/id").asString(""));
        if (poster.isEmpty()) {
            return Mono.empty();
        }
        return written(poster.get())
                .filter(written -> written)
                .switchIfEmpty(Mono.error(NotYet::new))
                .retryWhen(Retry.fixedDelay(PATIENCE.dividedBy(PAUSE), PAUSE)
                        .jitter(0.3)
                        .filter(NotYet.class::isInstance))
                .timeout(PATIENCE)
                .onErrorMap(failure -> failure instanceof Problem
                        ? failure
                        : Problem.unavailable(
                                "the poster has just been made and is not in the database yet", ErrorCode.UNAVAILABLE))
                .then();
    }

    /** At most 64 characters of an id that somebody sent. */
    public static String shortened(String id) {
        return id.length() <= 64 ? id : id.substring(0, 64) + "...";
    }

    /** The rows of the poster are not there yet. */
    private static final class NotYet extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotYet() {
            super("the read model is behind", null, false, false);
        }
    }

    /** Once there are rows, they alone count: what is not among them was deleted. */
    private Mono<ObjectNode> unlessWritten(
            @Nullable String userId, String id, Function<ObjectNode, Optional<ObjectNode>> part) {
        return Mono.defer(() -> {
            Optional<ObjectNode> full = posterOf(userId, id);
            Optional<ObjectNode> wanted = full.flatMap(part);
            if (full.isEmpty() || wanted.isEmpty()) {
                return Mono.empty();
            }
            return written(full.get().at("/poster/id").asString(""))
                    .onErrorReturn(Problem.class, false)
                    .flatMap(written -> written ? Mono.empty() : Mono.just(wanted.get()));
        });
    }

    private Mono<Boolean> written(String posterId) {
        return database.call(sql -> sql.sql("SELECT COUNT(*) FROM posters WHERE id = ?")
                        .params(posterId)
                        .query(Long.class)
                        .single())
                .map(count -> count > 0);
    }

    /** The newest made poster that the id occurs in. */
    private Optional<ObjectNode> posterOf(@Nullable String userId, String id) {
        String quoted = "\"" + id + "\"";
        return hub.tasksOf(userId).stream()
                .filter(view -> view.step().getResult().toStringUtf8().contains(quoted))
                .flatMap(view -> full(view).stream())
                .findFirst();
    }

    private static Optional<ObjectNode> named(JsonNode list, String id) {
        return list.valueStream()
                .filter(node -> node.path("id").asString("").equals(id))
                .map(ObjectNode.class::cast)
                .findFirst();
    }

    private static Optional<ObjectNode> full(TaskView view) {
        Step step = view.step();
        JsonNode result = Json.lenient(step.getResult());
        // A task that draws a poster anew does not make one.
        if (!result.path("poster_id").isString() || step.getType().equals("poster_render")) {
            return Optional.empty();
        }
        ObjectNode made = result.path("poster") instanceof ObjectNode poster ? poster : Json.object();
        String ended = Json.time(step.getCompletedAtMs());
        ObjectNode poster = made.deepCopy()
                .put("id", result.path("poster_id").asString())
                .put("task_id", view.taskId())
                .put("user_id", view.userId())
                .put("design_id", result.path("design_id").asString(null));
        ObjectNode full = Json.object();
        full.set("poster", dated(poster, ended));
        full.set("layers", orElse(result.path("layers"), Json.MAPPER.createArrayNode()));
        full.set("elements", orElse(result.path("elements"), Json.object()));
        full.path("layers").forEach(layer -> owned(layer, view.userId(), ended));
        full.path("elements").forEach(ofLayer -> ofLayer.forEach(element -> owned(element, view.userId(), ended)));
        return Optional.of(full);
    }

    private static void owned(JsonNode node, String userId, @Nullable String ended) {
        if (node instanceof ObjectNode object) {
            dated(object.put("user_id", userId), ended);
        }
    }

    private static ObjectNode dated(ObjectNode node, @Nullable String ended) {
        return node.put("version", 1).put("created_at", ended).put("updated_at", ended);
    }

    private static JsonNode orElse(JsonNode value, JsonNode fallback) {
        return value.isContainer() ? value.deepCopy() : fallback;
    }
}
