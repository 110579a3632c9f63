package io.millrace.edge.layer;

import io.millrace.edge.Answers;
import io.millrace.edge.access.Caller;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.edit.Change;
import io.millrace.edge.edit.Fresh;
import io.millrace.edge.edit.Precondition;
import io.millrace.edge.page.PageCursor;
import io.millrace.edge.page.Query;
import io.millrace.edge.page.Selection;
import io.millrace.edge.problem.Problem;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Layers over REST. An id is a layer's within its owner: the same id of another user's is another layer, so what is not the caller's own
 * is not known to them.
 */
@RestController
@RequestMapping("/api/v1/layers")
final class LayerController {
    private final LayerRows rows;
    private final Fresh fresh;

    LayerController(LayerRows rows, Fresh fresh) {
        this.rows = rows;
        this.fresh = fresh;
    }

    @GetMapping
    Mono<ResponseEntity<ObjectNode>> list(@RequestParam MultiValueMap<String, String> parameters) {
        Query query = Query.of(parameters, "poster_id", "type", "visible", "q", "user_id", "limit", "cursor");
        String userId = query.text("user_id", 128);
        String poster = query.text("poster_id", 64);
        String type = query.oneOf("type", LayerBody.TYPES);
        Boolean visible = query.flag("visible");
        String name = query.text("q", 100);
        int limit = query.limit();
        PageCursor cursor = query.cursor();
        query.requireValid();
        return Caller.current()
                .flatMap(caller -> rows.page(
                        new LayerRows.Filter(caller.listedOwner(userId), poster, type, visible, name), cursor, limit))
                .map(list -> Answers.ok(Selection.answer("layers", list, limit, "id")));
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<ObjectNode>> get(
            @PathVariable String id, @RequestParam(name = "user_id", required = false) @Nullable String userId) {
        return Caller.current()
                .flatMap(caller -> find(caller, id, userId))
                .map(layer -> tagged(ResponseEntity.ok(), layer));
    }

    /** {@code {id?, poster_id?, name?, type?, order?, opacity?, blend_mode?, locked?, visible?}}. */
    @PostMapping
    Mono<ResponseEntity<ObjectNode>> create(@RequestBody(required = false) byte @Nullable [] body) {
        return Caller.current()
                .flatMap(caller -> {
                    ObjectNode wanted = Bodies.object(Bodies.orEmpty(body));
                    ObjectNode layer = LayerBody.fresh(wanted);
                    String poster = wanted.path("poster_id").asString(null);
                    return fresh.awaited(caller.userId(), poster == null ? "" : poster)
                            .then(rows.create(caller.userId(), layer, poster));
                })
                .map(layer -> tagged(
                        ResponseEntity.created(
                                URI.create("/api/v1/layers/" + layer.path("id").asString())),
                        layer));
    }

    @RequestMapping(
            path = "/{id}",
            method = {RequestMethod.PUT, RequestMethod.PATCH})
    Mono<ResponseEntity<ObjectNode>> update(
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String match,
            @RequestParam(name = "user_id", required = false) @Nullable String userId,
            HttpMethod method) {
        return Caller.current()
                .flatMap(caller -> {
                    Change change = new Change(Bodies.object(Bodies.orEmpty(body)), HttpMethod.PATCH.equals(method));
                    return owner(caller, id, userId)
                            .flatMap(owner -> rows.update(owner, id, Precondition.of(caller, match), change));
                })
                .map(layer -> tagged(ResponseEntity.ok(), layer));
    }

    @DeleteMapping("/{id}")
    Mono<ResponseEntity<ObjectNode>> delete(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String match,
            @RequestParam(name = "user_id", required = false) @Nullable String userId) {
        return Caller.current()
                .flatMap(caller -> owner(caller, id, userId)
                        .flatMap(owner -> rows.delete(owner, id, Precondition.of(caller, match))))
                .map(Answers::ok);
    }

    /** Whose layer it is that shall change: the caller's own; an admin may name another owner. Fails with 404 when there is none. */
    private Mono<String> owner(Caller caller, String id, @Nullable String userId) {
        String owner = userId == null ? caller.userId() : userId;
        caller.requireControl(owner, "this layer");
        return fresh.awaited(owner, id)
                .then(rows.find(owner, id))
                .filter(found -> !found.isEmpty())
                .switchIfEmpty(Mono.error(() -> Problem.notFound("layer " + Fresh.shortened(id))))
                .thenReturn(owner);
    }

    private Mono<ObjectNode> find(Caller caller, String id, @Nullable String userId) {
        String owner = caller.listedOwner(userId);
        Mono<ObjectNode> fromRows = rows.find(owner, id).flatMap(found -> {
            List<ObjectNode> own = found.stream()
                    .filter(layer -> layer.path("user_id").asString("").equals(caller.userId()))
                    .toList();
            if (found.size() > 1 && own.isEmpty()) {
                return Mono.error(Problem.invalid(
                        "user_id", "is missing: several users have a layer of this id", "Name the owner."));
            }
            return Mono.justOrEmpty((own.isEmpty() ? found : own).stream().findFirst());
        });
        return fromRows.onErrorResume(
                        Problem.class, problem -> fresh.layer(owner, id).switchIfEmpty(Mono.error(problem)))
                .switchIfEmpty(fresh.layer(owner, id))
                // Written between the two looks.
                .switchIfEmpty(fromRows)
                .switchIfEmpty(Mono.error(() -> Problem.notFound("layer " + Fresh.shortened(id))));
    }

    private static ResponseEntity<ObjectNode> tagged(ResponseEntity.BodyBuilder answer, ObjectNode layer) {
        return answer.eTag(Precondition.tag(layer.path("version").asLong(1))).body(Answers.body(layer));
    }
}
