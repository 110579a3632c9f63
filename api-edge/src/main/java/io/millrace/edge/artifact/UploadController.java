package io.millrace.edge.artifact;

import io.millrace.edge.Answers;
import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.access.LinkSigner;
import io.millrace.edge.page.PageCursor;
import io.millrace.edge.page.Query;
import io.millrace.edge.page.Selection;
import io.millrace.schemas.artifact.ArtifactRef;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Uploads over REST. */
@RestController
final class UploadController {
    private final Uploads uploads;
    private final UploadStore store;
    private final LinkSigner links;

    UploadController(Uploads uploads, UploadStore store, LinkSigner links) {
        this.uploads = uploads;
        this.store = store;
        this.links = links;
    }

    /** What the caller brought, newest first: {@code {uploads: [{artifact, url, file_name, media_type, size, created_at}], next_cursor}}. */
    @GetMapping("/api/v1/uploads")
    Mono<ResponseEntity<ObjectNode>> list(@RequestParam MultiValueMap<String, String> parameters) {
        Query query = Query.of(
                parameters, "media_type", "q", "created_after", "created_before", "user_id", "limit", "cursor");
        String userId = query.text("user_id", 128);
        UploadStore.Filter filter = new UploadStore.Filter(
                query.text("media_type", 100),
                query.text("q", 100),
                query.time("created_after"),
                query.time("created_before"));
        int limit = query.limit();
        PageCursor cursor = query.cursor();
        query.requireValid();
        return Caller.current()
                .flatMap(caller -> store.page(caller.listedOwner(userId), filter, cursor, limit))
                .map(rows -> {
                    ObjectNode page = Selection.answer("uploads", rows, limit, "artifact");
                    for (JsonNode upload : page.path("uploads")) {
                        String ref = upload.path("artifact").asString();
                        ((ObjectNode) upload).put("url", links.link(ArtifactRef.parse(ref)));
                    }
                    return Answers.ok(page);
                });
    }

    /** A multipart body with one file, whatever its Content-Type says, or the bytes alone; the answer's {@code url} is signed. */
    @PostMapping("/api/v1/storage/upload")
    Mono<ResponseEntity<ObjectNode>> upload(@RequestBody Flux<DataBuffer> body) {
        return Caller.current()
                .flatMap(caller -> uploads.take(caller, body))
                .map(upload -> Answers.ok(Json.object()
                        .put("url", links.link(upload.ref()))
                        .put("artifact", upload.ref().toString())
                        .put("file_name", upload.fileName())
                        .put("media_type", upload.mediaType())
                        .put("size", upload.size())));
    }
}
