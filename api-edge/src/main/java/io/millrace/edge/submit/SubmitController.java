package io.millrace.edge.submit;

import io.millrace.edge.access.Caller;
import io.millrace.edge.body.Bodies;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Taking in tasks over REST. */
@RestController
@RequestMapping("/api/v1/tasks")
final class SubmitController {
    private final Submit submit;
    private final SubmitAnswers answers;

    SubmitController(Submit submit, SubmitAnswers answers) {
        this.submit = submit;
        this.answers = answers;
    }

    @PostMapping
    Mono<ResponseEntity<ObjectNode>> submit(
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "Cancel-After", required = false) @Nullable String cancelAfter,
            @RequestHeader(name = "traceparent", required = false) @Nullable String traceparent,
            @RequestHeader(name = "Prefer", required = false) @Nullable String prefer) {
        Submit.Terms terms = new Submit.Terms(key, traceparent, cancelAfter);
        return Caller.current()
                .flatMap(caller -> submit.submit(caller, Bodies.orEmpty(body), terms)
                        .flatMap(accepted -> answers.of(caller, accepted, prefer)));
    }
}
