package io.millrace.edge.control;

import io.millrace.edge.Answers;
import io.millrace.edge.access.Caller;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.submit.Submit;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Many tasks with one request, over REST: 200 with an answer for each item. */
@RestController
@RequestMapping("/api/v1/tasks")
final class BulkController {
    private static final int MAX_BYTES = 8 << 20;

    private final Bulk bulk;

    BulkController(Bulk bulk) {
        this.bulk = bulk;
    }

    /** {@code {"tasks": [...]}}, at most 100 and 8 MiB in all. */
    @PostMapping("/batch")
    Mono<ResponseEntity<ObjectNode>> submit(
            @RequestBody Flux<DataBuffer> body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "Cancel-After", required = false) @Nullable String cancelAfter,
            @RequestHeader(name = "traceparent", required = false) @Nullable String traceparent) {
        Submit.Terms terms = new Submit.Terms(key, traceparent, cancelAfter);
        return Bodies.join(body, MAX_BYTES)
                .map(bytes -> Bodies.object(bytes, MAX_BYTES))
                .flatMap(whole -> Caller.current().flatMap(caller -> bulk.submit(caller, whole, terms)))
                .map(Answers::ok);
    }

    @PostMapping("/batch-cancel")
    Mono<ResponseEntity<ObjectNode>> cancel(@RequestBody(required = false) byte @Nullable [] body) {
        return Caller.current()
                .flatMap(caller -> bulk.cancel(caller, Bodies.objectOrEmpty(body)))
                .map(Answers::ok);
    }

    @PostMapping("/cleanup")
    Mono<ResponseEntity<ObjectNode>> cleanup(@RequestBody(required = false) byte @Nullable [] body) {
        return Caller.current()
                .flatMap(caller -> bulk.cleanup(caller, Bodies.objectOrEmpty(body)))
                .map(Answers::ok);
    }
}
