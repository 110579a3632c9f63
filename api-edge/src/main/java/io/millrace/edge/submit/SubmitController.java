package io.millrace.edge.submit;

import io.millrace.edge.Answers;
import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.task.TaskJson;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Taking in tasks and cancels over REST. */
@RestController
@RequestMapping("/api/v1/tasks")
final class SubmitController {
    private final Submit submit;
    private final Cancel cancel;
    private final TaskJson json;

    SubmitController(Submit submit, Cancel cancel, TaskJson json) {
        this.submit = submit;
        this.cancel = cancel;
        this.json = json;
    }

    @PostMapping
    Mono<ResponseEntity<ObjectNode>> submit(
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "traceparent", required = false) @Nullable String traceparent) {
        return Caller.current()
                .flatMap(caller -> submit.submit(caller, orEmpty(body), key, traceparent))
                .map(accepted -> ResponseEntity.accepted()
                        .location(URI.create("/api/v1/tasks/" + accepted.view().taskId()))
                        .header("Idempotency-Replayed", String.valueOf(accepted.repeated()))
                        .body(Answers.body(json.task(accepted.view()))));
    }

    @PostMapping("/{id}/cancel")
    Mono<ResponseEntity<ObjectNode>> cancel(
            @PathVariable String id, @RequestBody(required = false) byte @Nullable [] body) {
        return Caller.current()
                .flatMap(caller -> cancel.cancel(caller, id, orEmpty(body)))
                .map(outcome -> ResponseEntity.status(outcome.decided() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                        .body(Answers.body(Json.object()
                                .put("success", outcome.decided())
                                .put("task_id", outcome.taskId())
                                .put("message", outcome.message())
                                .put("previous_status", outcome.previousStatus()))));
    }

    private static byte[] orEmpty(byte @Nullable [] body) {
        return body == null ? new byte[0] : body;
    }
}
