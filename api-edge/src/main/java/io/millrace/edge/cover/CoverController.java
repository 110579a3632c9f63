package io.millrace.edge.cover;

import io.millrace.edge.Answers;
import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.access.LinkSigner;
import io.millrace.edge.artifact.Uploads;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.body.Fields;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.task.TaskReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Covers over REST. */
@RestController
@RequestMapping("/api/v1")
final class CoverController {
    private final Covers covers;
    private final CoverStore store;
    private final Uploads uploads;
    private final TaskReader tasks;
    private final LinkSigner links;

    CoverController(Covers covers, CoverStore store, Uploads uploads, TaskReader tasks, LinkSigner links) {
        this.covers = covers;
        this.store = store;
        this.uploads = uploads;
        this.tasks = tasks;
        this.links = links;
    }

    @PostMapping("/cover-images/batch-generate")
    Mono<ResponseEntity<ObjectNode>> generate(@RequestBody(required = false) byte @Nullable [] body) {
        return Caller.current()
                .flatMap(caller -> covers.generate(caller, ids(body)))
                .map(Answers::ok);
    }

    @PostMapping("/cover-images/batch-get")
    Mono<ResponseEntity<ObjectNode>> get(@RequestBody(required = false) byte @Nullable [] body) {
        return list(ids(body));
    }

    /** Ids separated by commas. */
    @GetMapping("/cover-images/batch-get")
    Mono<ResponseEntity<ObjectNode>> get(@RequestParam("roadmap_ids") List<String> ids) {
        if (ids.size() > Covers.MAX_IDS) {
            throw Problem.invalid("roadmap_ids", "has " + ids.size() + " items", "Send at most 100 ids.");
        }
        return list(ids);
    }

    private Mono<ResponseEntity<ObjectNode>> list(List<String> ids) {
        return Caller.current().flatMap(caller -> covers.get(caller, ids)).map(found -> {
            ObjectNode data = Json.object();
            ArrayNode list = data.putArray("cover_images");
            found.forEach(cover -> list.add(links.linked(cover.json())));
            return Answers.ok(data);
        });
    }

    @GetMapping("/roadmaps/{id}/cover-image")
    Mono<ResponseEntity<ObjectNode>> one(@PathVariable String id) {
        return Caller.current()
                .flatMap(caller -> covers.get(caller, List.of(id)))
                .map(found -> Answers.ok(links.linked(found.get(0).json())));
    }

    /** The owner's own picture, multipart or the bytes alone. */
    @PutMapping("/roadmaps/{id}/cover-image")
    Mono<ResponseEntity<ObjectNode>> upload(@PathVariable String id, @RequestBody Flux<DataBuffer> body) {
        return Caller.current()
                .flatMap(caller -> tasks.find(caller, id)
                        .doOnNext(found -> caller.requireControl(found.view().userId(), "roadmap " + id))
                        .flatMap(found -> uploads.take(caller, body)
                                .doOnNext(CoverController::requirePicture)
                                .flatMap(upload -> store.upload(
                                        id, found.view().userId(), upload.ref().toString()))))
                .map(cover -> Answers.ok(links.linked(cover.json())));
    }

    private static void requirePicture(Uploads.Uploaded upload) {
        if (!upload.mediaType().startsWith("image/") || upload.mediaType().contains("photoshop")) {
            throw Problem.invalid("file", "is no picture for a cover", "Send a PNG, JPEG, GIF or WebP file.");
        }
    }

    private static List<String> ids(byte @Nullable [] body) {
        List<FieldProblem> problems = new ArrayList<>();
        Fields fields = new Fields(Bodies.object(Bodies.orEmpty(body)), "", problems);
        List<String> ids = new ArrayList<>();
        for (JsonNode id : fields.list("roadmap_ids", Covers.MAX_IDS)) {
            ids.add(id.asString(""));
        }
        fields.refuseUnknown();
        if (ids.isEmpty() && problems.isEmpty()) {
            fields.complain("roadmap_ids", "is empty", "Send 1 to " + Covers.MAX_IDS + " ids of roadmap tasks.");
        }
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
        return ids;
    }
}
