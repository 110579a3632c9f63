package io.millrace.edge.poster;

import io.millrace.edge.access.Caller;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.submit.Submit;
import io.millrace.edge.submit.SubmitAnswers;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Drawing anew over REST. */
@RestController
final class RenderController {
    private final Render render;
    private final SubmitAnswers answers;

    RenderController(Render render, SubmitAnswers answers) {
        this.render = render;
        this.answers = answers;
    }

    /** Takes no body; 202 with the task that draws. */
    @PostMapping("/api/v1/posters/{id}/render")
    Mono<ResponseEntity<ObjectNode>> render(
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "Cancel-After", required = false) @Nullable String cancelAfter,
            @RequestHeader(name = "traceparent", required = false) @Nullable String traceparent,
            @RequestHeader(name = "Prefer", required = false) @Nullable String prefer) {
        return Caller.current().flatMap(caller -> {
            if (!Bodies.objectOrEmpty(body).isEmpty()) {
                throw Problem.invalid("", "has fields", "Send no body: layers and elements are drawn as they are.");
            }
            return render.render(caller, id, new Submit.Terms(key, traceparent, cancelAfter))
                    .flatMap(accepted -> answers.of(caller, accepted, prefer));
        });
    }
}
