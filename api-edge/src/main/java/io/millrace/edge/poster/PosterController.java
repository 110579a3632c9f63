package io.millrace.edge.poster;

import io.millrace.edge.Answers;
import io.millrace.edge.access.Caller;
import io.millrace.edge.access.LinkSigner;
import io.millrace.edge.problem.Problem;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Posters over REST. */
@RestController
@RequestMapping({"/api/v1/posters/{id}", "/posters/{id}"})
final class PosterController {
    private final PosterStore store;
    private final FreshPosters fresh;
    private final LinkSigner links;

    PosterController(PosterStore store, FreshPosters fresh, LinkSigner links) {
        this.store = store;
        this.fresh = fresh;
        this.links = links;
    }

    @GetMapping
    Mono<ResponseEntity<ObjectNode>> poster(@PathVariable String id) {
        return found(id, poster -> Mono.just(poster), full -> full.path("poster"));
    }

    /** {@code {poster, layers[], elements: {layer_id: []}}}. */
    @GetMapping("/full")
    Mono<ResponseEntity<ObjectNode>> full(@PathVariable String id) {
        return found(id, store::full, full -> full);
    }

    /** Leads to the picture; also without {@code /api/v1} before it, as external workers write it down. */
    @GetMapping("/preview")
    Mono<ResponseEntity<ObjectNode>> preview(@PathVariable String id) {
        return found(id, poster -> Mono.just(poster), full -> full.path("poster"))
                .map(answer -> {
                    ObjectNode body = answer.getBody();
                    String url =
                            body == null ? "" : body.at("/data/preview_url").asString("");
                    if (url.isEmpty()) {
                        throw Problem.notFound("the preview of poster " + shortened(id));
                    }
                    return ResponseEntity.status(HttpStatus.FOUND)
                            .header(HttpHeaders.CACHE_CONTROL, "no-store")
                            .location(URI.create(url))
                            .build();
                });
    }

    private Mono<ResponseEntity<ObjectNode>> found(
            String id,
            java.util.function.Function<ObjectNode, Mono<ObjectNode>> fromRow,
            java.util.function.Function<ObjectNode, JsonNode> fromResult) {
        return Caller.current().flatMap(caller -> {
            Mono<JsonNode> fromFresh = Mono.defer(() -> {
                Optional<ObjectNode> full = fresh.full(caller.seesEverybody() ? null : caller.userId(), id);
                return Mono.justOrEmpty(full.map(fromResult));
            });
            Mono<JsonNode> fromStore = store.poster(id)
                    .doOnNext(
                            poster -> caller.requireSight(poster.path("user_id").asString(""), "poster " + id))
                    .flatMap(fromRow)
                    .cast(JsonNode.class);
            return fromStore
                    .switchIfEmpty(fromFresh)
                    .onErrorResume(
                            Problem.class,
                            problem -> problem.status().is5xxServerError()
                                    ? fromFresh.switchIfEmpty(Mono.error(problem))
                                    : Mono.error(problem))
                    .switchIfEmpty(Mono.error(() -> Problem.notFound("poster " + shortened(id))))
                    .map(json -> Answers.ok(links.linked(json)));
        });
    }

    private static String shortened(String id) {
        return id.length() <= 64 ? id : id.substring(0, 64) + "...";
    }
}
