package io.millrace.edge.poster;

import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.access.LinkSigner;
import io.millrace.edge.artifact.ArtifactAccess;
import io.millrace.edge.edit.Addresses;
import io.millrace.edge.edit.Change;
import io.millrace.edge.edit.Fresh;
import io.millrace.edge.edit.Precondition;
import io.millrace.edge.live.LiveView;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.task.TaskReader;
import io.millrace.edge.watch.Hub;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds, makes and changes posters, for those who may. */
@Component
final class Posters {
    private static final int MAX_TRIES = 3;

    private final PosterRows rows;
    private final Fresh fresh;
    private final TaskReader tasks;
    private final ArtifactAccess access;
    private final LinkSigner links;
    private final Hub hub;

    Posters(PosterRows rows, Fresh fresh, TaskReader tasks, ArtifactAccess access, LinkSigner links, Hub hub) {
        this.rows = rows;
        this.fresh = fresh;
        this.tasks = tasks;
        this.access = access;
        this.links = links;
        this.hub = hub;
    }

    /** The poster alone, for those who may see it: 404, 403, or 503 when that cannot be said now. */
    Mono<ObjectNode> find(Caller caller, String id) {
        return seen(caller, id, rows.find(id), fresh.full(null, id).map(full -> (ObjectNode) full.path("poster")))
                .map(this::withNewPicture);
    }

    /** The poster as {@code {poster, layers, elements}}. */
    Mono<ObjectNode> full(Caller caller, String id) {
        Mono<ObjectNode> whole = rows.find(id)
                .doOnNext(poster -> requireSight(caller, poster, id))
                .map(this::withNewPicture)
                .flatMap(rows::full);
        return seen(caller, id, whole, fresh.full(null, id));
    }

    private Mono<ObjectNode> seen(Caller caller, String id, Mono<ObjectNode> fromRows, Mono<ObjectNode> fromResult) {
        return fromRows.onErrorResume(
                        Problem.class,
                        problem -> problem.status().is5xxServerError()
                                ? fromResult.switchIfEmpty(Mono.error(problem))
                                : Mono.error(problem))
                .switchIfEmpty(fromResult)
                // Written between the two looks.
                .switchIfEmpty(fromRows)
                .switchIfEmpty(Mono.error(() -> Problem.notFound("poster " + Fresh.shortened(id))))
                .doOnNext(found -> requireSight(caller, found.has("poster") ? found.path("poster") : found, id));
    }

    private static void requireSight(Caller caller, JsonNode poster, String id) {
        caller.requireSight(poster.path("user_id").asString(""), "poster " + Fresh.shortened(id));
    }

    /** What this edge has seen of the task that draws the poster anew, before the read model has it. */
    private ObjectNode withNewPicture(ObjectNode poster) {
        String task = poster.at("/render/task_id").asString("");
        Optional<TaskView> live =
                task.isEmpty() ? Optional.empty() : hub.find(task).map(LiveView.Known::view);
        live.ifPresent(view -> {
            poster.withObject("/render").put("status", view.step().getStatus());
            String preview =
                    Json.lenient(view.step().getResult()).path("preview").asString("");
            if (!preview.isEmpty()) {
                poster.put("preview_url", preview);
            }
        });
        return poster;
    }

    /** Makes a poster: of the owner of the task it names, else of the caller. */
    Mono<ObjectNode> create(Caller caller, ObjectNode body) {
        String taskId = body.path("task_id").asString("");
        Mono<String> owner = taskId.isEmpty()
                ? Mono.just(caller.userId())
                : tasks.find(caller, taskId).map(found -> found.view().userId());
        return owner.flatMap(ownerId -> {
            Addresses addresses = new Addresses(links, Json.object());
            ObjectNode poster = PosterBody.fresh(caller, ownerId, body, addresses);
            addresses.readAll(poster, "");
            List<String> layers =
                    body.path("layers").valueStream().map(JsonNode::asString).toList();
            return addresses.requireUsable(caller, access).then(rows.create(poster, layers));
        });
    }

    /** The poster, which the caller may change, once it is in the database. */
    Mono<ObjectNode> owned(Caller caller, String id) {
        return fresh.awaited(caller.seesEverybody() ? null : caller.userId(), id)
                .then(rows.find(id))
                .switchIfEmpty(Mono.error(() -> Problem.notFound("poster " + Fresh.shortened(id))))
                .doOnNext(poster ->
                        caller.requireControl(poster.path("user_id").asString(""), "poster " + Fresh.shortened(id)));
    }

    /** As an edit of an element: what was checked is what is written. */
    Mono<ObjectNode> update(Caller caller, String id, Precondition condition, Change change) {
        return update(caller, id, condition, change, MAX_TRIES).map(this::withNewPicture);
    }

    private Mono<ObjectNode> update(Caller caller, String id, Precondition condition, Change change, int tries) {
        return owned(caller, id).flatMap(current -> {
            condition.require(current.path("version").asLong(), "poster " + id);
            Addresses addresses = new Addresses(links, current);
            ObjectNode whole = change.over(
                    current,
                    PosterBody.EDITABLE,
                    links,
                    (wanted, problems) -> new PosterBody(addresses, problems).checkWhole(wanted));
            addresses.readAll(whole, "");
            Precondition asRead = new Precondition(current.path("version").asLong());
            Mono<ObjectNode> written = addresses.requireUsable(caller, access).then(rows.update(id, asRead, whole));
            boolean once = condition.version() != null || tries == 1;
            return once
                    ? written
                    : written.onErrorResume(
                            failure -> failure instanceof Problem problem
                                    && problem.status().value() == 412,
                            failure -> update(caller, id, condition, change, tries - 1));
        });
    }
}
