package io.millrace.edge.submit;

import io.millrace.edge.Answers;
import io.millrace.edge.access.Caller;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.task.TaskJson;
import java.net.URI;
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
    private final TaskJson json;

    SubmitController(Submit submit, TaskJson json) {
        this.submit = submit;
        this.json = json;
    }

    @PostMapping
    Mono<ResponseEntity<ObjectNode>> submit(
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "Cancel-After", required = false) @Nullable String cancelAfter,
            @RequestHeader(name = "traceparent", required = false) @Nullable String traceparent) {
        Submit.Terms terms = new Submit.Terms(key, traceparent, cancelAfter);
        return Caller.current()
                .flatMap(caller -> submit.submit(caller, Bodies.orEmpty(body), terms))
                .map(accepted -> ResponseEntity.accepted()
                        .location(URI.create("/api/v1/tasks/" + accepted.view().taskId()))
                        .header("Idempotency-Replayed", String.valueOf(accepted.repeated()))
                        .body(Answers.body(json.task(accepted.view()))));
    }
}
