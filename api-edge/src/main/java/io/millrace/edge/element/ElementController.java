package io.millrace.edge.element;

import io.millrace.edge.Answers;
import io.millrace.edge.Json;
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
import org.springframework.core.io.buffer.DataBuffer;
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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Elements over REST. */
@RestController
@RequestMapping("/api/v1/elements")
final class ElementController {
    private static final int MAX_BATCH_BYTES = 4 << 20;

    private final Elements elements;
    private final ElementRows rows;
    private final Fresh fresh;
    private final LinkSigner links;

    ElementController(Elements elements, ElementRows rows, Fresh fresh, LinkSigner links) {
        this.elements = elements;
        this.rows = rows;
        this.fresh = fresh;
        this.links = links;
    }

    @GetMapping
    Mono<ResponseEntity<ObjectNode>> list(@RequestParam MultiValueMap<String, String> parameters) {
        Query query =
                Query.of(parameters, "poster_id", "layer_id", "type", "visible", "q", "user_id", "limit", "cursor");
        String userId = query.text("user_id", 128);
        String poster = query.text("poster_id", 64);
        String layer = query.text("layer_id", 64);
        String type = query.oneOf("type", ElementBody.TYPES);
        Boolean visible = query.flag("visible");
        String text = query.text("q", 100);
        int limit = query.limit();
        PageCursor cursor = query.cursor();
        query.requireValid();
        return Caller.current()
                .flatMap(caller -> rows.page(
                        new ElementRows.Filter(caller.listedOwner(userId), poster, layer, type, visible, text),
                        cursor,
                        limit))
                .map(list -> Answers.ok(links.linked(Selection.answer("elements", list, limit, "id"))));
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<ObjectNode>> get(@PathVariable String id) {
        return Caller.current()
                .flatMap(caller -> find(id).doOnNext(element ->
                        caller.requireSight(element.path("user_id").asString(""), "element " + Fresh.shortened(id))))
                .map(element -> tagged(ResponseEntity.ok(), element));
    }

    /** An element in a layer that is there. */
    @PostMapping
    Mono<ResponseEntity<ObjectNode>> create(@RequestBody(required = false) byte @Nullable [] body) {
        return Caller.current()
                .flatMap(caller -> elements.create(caller, Bodies.object(Bodies.orEmpty(body))))
                .map(element -> tagged(
                        ResponseEntity.created(URI.create(
                                "/api/v1/elements/" + element.path("id").asString())),
                        element));
    }

    /** {@code {elements: [{layer_id, type, transform, style, content}]}}, at most 1000; layers that are not known are created. */
    @PostMapping("/batch")
    Mono<ResponseEntity<ObjectNode>> batch(@RequestBody Flux<DataBuffer> body) {
        return Bodies.join(body, MAX_BATCH_BYTES)
                .map(bytes -> Bodies.object(bytes, MAX_BATCH_BYTES))
                .flatMap(wanted -> Caller.current().flatMap(caller -> elements.createAll(caller, wanted)))
                .map(created -> {
                    ArrayNode list = Json.MAPPER.createArrayNode();
                    created.forEach(list::add);
                    return Answers.ok(links.linked(list));
                });
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
                    return owned(caller, id)
                            .flatMap(element -> elements.update(caller, id, Precondition.of(caller, match), change));
                })
                .map(element -> tagged(ResponseEntity.ok(), element));
    }

    @DeleteMapping("/{id}")
    Mono<ResponseEntity<ObjectNode>> delete(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String match) {
        return Caller.current()
                .flatMap(caller ->
                        owned(caller, id).flatMap(element -> rows.delete(id, Precondition.of(caller, match))))
                .map(Answers::ok);
    }

    /** The element, which the caller may change, once it is in the database. */
    private Mono<ObjectNode> owned(Caller caller, String id) {
        String among = caller.seesEverybody() ? null : caller.userId();
        return fresh.awaited(among, id)
                .then(rows.find(id))
                .switchIfEmpty(Mono.error(() -> Problem.notFound("element " + Fresh.shortened(id))))
                .doOnNext(element ->
                        caller.requireControl(element.path("user_id").asString(""), "element " + Fresh.shortened(id)));
    }

    private Mono<ObjectNode> find(String id) {
        return rows.find(id)
                .onErrorResume(Problem.class, problem -> fresh.element(null, id).switchIfEmpty(Mono.error(problem)))
                .switchIfEmpty(fresh.element(null, id))
                // Written between the two looks.
                .switchIfEmpty(rows.find(id))
                .switchIfEmpty(Mono.error(() -> Problem.notFound("element " + Fresh.shortened(id))));
    }

    private ResponseEntity<ObjectNode> tagged(ResponseEntity.BodyBuilder answer, ObjectNode element) {
        long version = element.path("version").asLong(1);
        return answer.eTag(Precondition.tag(version)).body(Answers.body(links.linked(element)));
    }
}
