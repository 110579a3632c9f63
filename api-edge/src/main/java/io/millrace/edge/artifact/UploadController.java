package io.millrace.edge.artifact;

import io.millrace.edge.Answers;
import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.access.LinkSigner;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Uploads over REST. */
@RestController
final class UploadController {
    private final Uploads uploads;
    private final LinkSigner links;

    UploadController(Uploads uploads, LinkSigner links) {
        this.uploads = uploads;
        this.links = links;
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
