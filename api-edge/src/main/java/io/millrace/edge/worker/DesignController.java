package io.millrace.edge.worker;

import io.millrace.edge.Answers;
import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.access.LinkSigner;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.task.TaskReader;
import java.net.URI;
import java.util.List;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Posters and elements handed in over REST. */
@RestController
@RequestMapping("/api/v1")
final class DesignController {
    private static final int MAX_BYTES = 4 << 20;

    private final TaskReader tasks;
    private final DesignBodies bodies;
    private final DesignStore designs;
    private final LinkSigner links;

    DesignController(TaskReader tasks, DesignBodies bodies, DesignStore designs, LinkSigner links) {
        this.tasks = tasks;
        this.bodies = bodies;
        this.designs = designs;
        this.links = links;
    }

    /** {@code {task_id, width, height, background, preview_url, source_url, metadata, title?, description?}}: a poster of the task's owner. */
    @PostMapping("/posters")
    Mono<ResponseEntity<ObjectNode>> poster(@RequestBody Flux<DataBuffer> body) {
        return Bodies.join(body, MAX_BYTES)
                .map(bytes -> Bodies.object(bytes, MAX_BYTES))
                .flatMap(wanted -> Caller.current().flatMap(caller -> {
                    String taskId = wanted.path("task_id").asString("");
                    return tasks.find(caller, taskId)
                            .flatMap(found -> bodies.poster(caller, found.view().userId(), wanted));
                }))
                .flatMap(designs::createPoster)
                .map(poster -> ResponseEntity.created(URI.create(
                                "/api/v1/posters/" + poster.path("id").asString()))
                        .body(Answers.body(links.linked(poster))));
    }

    /** {@code {elements: [{layer_id, type, transform, style, content}]}}, at most 1000; layers that are not known are created. */
    @PostMapping("/elements/batch")
    Mono<ResponseEntity<ObjectNode>> elements(@RequestBody Flux<DataBuffer> body) {
        return Bodies.join(body, MAX_BYTES)
                .map(bytes -> Bodies.object(bytes, MAX_BYTES))
                .flatMap(wanted -> Caller.current().flatMap(caller -> {
                    List<ObjectNode> elements = DesignBodies.elements(wanted);
                    return designs.createElements(caller.userId(), elements);
                }))
                .map(created -> {
                    ArrayNode list = Json.MAPPER.createArrayNode();
                    created.forEach(list::add);
                    return Answers.ok(list);
                });
    }
}
