package io.millrace.edge.poster;

import io.millrace.edge.Answers;
import io.millrace.edge.access.Caller;
import io.millrace.edge.access.LinkSigner;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.edit.Change;
import io.millrace.edge.edit.Fresh;
import io.millrace.edge.edit.Precondition;
import io.millrace.edge.page.PageCursor;
import io.millrace.edge.page.Query;
import io.millrace.edge.page.Selection;
import io.millrace.edge.problem.Problem;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
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

/** Posters over REST. */
@RestController
@RequestMapping({"/api/v1/posters", "/posters"})
final class PosterController {
    private final Posters posters;
    private final PosterRows rows;
    private final LinkSigner links;

    PosterController(Posters posters, PosterRows rows, LinkSigner links) {
        this.posters = posters;
        this.rows = rows;
        this.links = links;
    }

    @GetMapping
    Mono<ResponseEntity<ObjectNode>> list(@RequestParam MultiValueMap<String, String> parameters) {
        Query query = Query.of(
                parameters,
                "task_id",
                "design_id",
                "q",
                "created_after",
                "created_before",
                "user_id",
                "limit",
                "cursor");
        String userId = query.text("user_id", 128);
        String task = query.text("task_id", 64);
        String design = query.text("design_id", 64);
        String text = query.text("q", 100);
        Long after = query.time("created_after");
        Long before = query.time("created_before");
        int limit = query.limit();
        PageCursor cursor = query.cursor();
        query.requireValid();
        return Caller.current()
                .flatMap(caller -> rows.page(
                        new PosterRows.Filter(caller.listedOwner(userId), task, design, text, after, before),
                        cursor,
                        limit))
                .map(list -> Answers.ok(links.linked(Selection.answer("posters", list, limit, "id"))));
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<ObjectNode>> poster(@PathVariable String id) {
        return Caller.current()
                .flatMap(caller -> posters.find(caller, id))
                .map(poster -> tagged(ResponseEntity.ok(), poster));
    }

    /** {@code {poster, layers[], elements: {layer_id: []}}}. */
    @GetMapping("/{id}/full")
    Mono<ResponseEntity<ObjectNode>> full(@PathVariable String id) {
        return Caller.current().flatMap(caller -> posters.full(caller, id)).map(full -> Answers.ok(links.linked(full)));
    }

    /** Leads to the picture; also without {@code /api/v1} before it, as external workers write it down. */
    @GetMapping("/{id}/preview")
    Mono<ResponseEntity<ObjectNode>> preview(@PathVariable String id) {
        return Caller.current().flatMap(caller -> posters.find(caller, id)).map(poster -> {
            String url = links.linked(poster.path("preview_url").asString(""));
            if (url.isEmpty()) {
                throw Problem.notFound("the preview of poster " + Fresh.shortened(id));
            }
            return ResponseEntity.status(HttpStatus.FOUND)
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .location(URI.create(url))
                    .build();
        });
    }

    /**
     * {@code {width, height, task_id?, title?, description?, background?, preview_url?, source_url?, metadata?, layers?}}: a poster of
     * the task's owner, or of the caller when no task is named.
     */
    @PostMapping
    Mono<ResponseEntity<ObjectNode>> create(@RequestBody(required = false) byte @Nullable [] body) {
        return Caller.current()
                .flatMap(caller -> posters.create(caller, Bodies.object(Bodies.orEmpty(body))))
                .map(poster -> tagged(
                        ResponseEntity.created(URI.create(
                                "/api/v1/posters/" + poster.path("id").asString())),
                        poster));
    }

    @RequestMapping(
            path = "/{id}",
            method = {RequestMethod.PUT, RequestMethod.PATCH})
    Mono<ResponseEntity<ObjectNode>> update(
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String match,
            HttpMethod method) {
        return Caller.current()
                .flatMap(caller -> {
                    Change change = new Change(Bodies.object(Bodies.orEmpty(body)), HttpMethod.PATCH.equals(method));
                    return posters.owned(caller, id)
                            .flatMap(poster -> posters.update(caller, id, Precondition.of(caller, match), change));
                })
                .map(poster -> tagged(ResponseEntity.ok(), poster));
    }

    @DeleteMapping("/{id}")
    Mono<ResponseEntity<ObjectNode>> delete(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String match) {
        return Caller.current()
                .flatMap(caller -> posters.owned(caller, id)
                        .flatMap(poster ->
                                rows.delete(poster.path("user_id").asString(), id, Precondition.of(caller, match))))
                .map(Answers::ok);
    }

    private ResponseEntity<ObjectNode> tagged(ResponseEntity.BodyBuilder answer, ObjectNode poster) {
        long version = poster.path("version").asLong(1);
        return answer.eTag(Precondition.tag(version)).body(Answers.body(links.linked(poster)));
    }
}
