package io.millrace.edge.control;

import io.millrace.edge.Answers;
import io.millrace.edge.access.Caller;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.submit.Submit;
import io.millrace.edge.submit.SubmitAnswers;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Control of one task over REST: 200 once decided, 202 while the orchestrator has not answered. */
@RestController
@RequestMapping("/api/v1/tasks/{id}")
final class ControlController {
    private final Control control;
    private final Derivative derivative;
    private final SubmitAnswers answers;

    ControlController(Control control, Derivative derivative, SubmitAnswers answers) {
        this.control = control;
        this.derivative = derivative;
        this.answers = answers;
    }

    @PostMapping("/{verb:cancel|pause|resume|stop|start|recover}")
    Mono<ResponseEntity<ObjectNode>> move(
            @PathVariable String id, @PathVariable String verb, @RequestBody(required = false) byte @Nullable [] body) {
        Verb wanted = Verb.named(verb).orElseThrow(() -> Problem.notFound("the move " + verb));
        return apply(id, wanted, Bodies.orEmpty(body));
    }

    @DeleteMapping
    Mono<ResponseEntity<ObjectNode>> delete(@PathVariable String id) {
        return apply(id, Verb.DELETE, new byte[0]);
    }

    private Mono<ResponseEntity<ObjectNode>> apply(String id, Verb verb, byte[] body) {
        return Caller.current()
                .flatMap(caller -> control.apply(caller, id, verb, body))
                .map(outcome -> ResponseEntity.status(outcome.decided() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                        .body(Answers.body(outcome.json())));
    }

    /** A new task from this one with changed parameters. */
    @PostMapping("/derivative")
    Mono<ResponseEntity<ObjectNode>> derive(
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "Cancel-After", required = false) @Nullable String cancelAfter,
            @RequestHeader(name = "traceparent", required = false) @Nullable String traceparent,
            @RequestHeader(name = "Prefer", required = false) @Nullable String prefer) {
        Submit.Terms terms = new Submit.Terms(key, traceparent, cancelAfter);
        return Caller.current()
                .flatMap(caller -> derivative
                        .derive(caller, id, Bodies.orEmpty(body), terms)
                        .flatMap(accepted -> answers.of(caller, accepted, prefer)));
    }
}
