package io.millrace.edge.control;

import io.millrace.edge.Answers;
import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.audit.AuditLog;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.problem.RSocketProblems;
import io.millrace.edge.submit.Submit;
import io.millrace.edge.submit.SubmitAnswers;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;

/** The same over RSocket: request-response, the payload is the body of the REST call. */
@Controller
final class ControlSocket {
    private final Control control;
    private final Derivative derivative;
    private final SubmitAnswers answers;
    private final AuditLog audit;

    ControlSocket(Control control, Derivative derivative, SubmitAnswers answers, AuditLog audit) {
        this.control = control;
        this.derivative = derivative;
        this.answers = answers;
        this.audit = audit;
    }

    @MessageMapping("tasks.{id}.{verb:cancel|pause|resume|stop|start|recover|delete}")
    Mono<byte[]> move(
            @DestinationVariable String id,
            @DestinationVariable String verb,
            @Payload(required = false) byte @Nullable [] payload) {
        Mono<byte[]> moved = Caller.current()
                .flatMap(caller -> {
                    Verb wanted = Verb.named(verb).orElseThrow(() -> Problem.notFound("the move " + verb));
                    return control.apply(caller, id, wanted, Bodies.orEmpty(payload));
                })
                .map(outcome -> Json.bytes(Answers.body(outcome.json())));
        return audit.around(moved, "RSOCKET tasks." + id + "." + verb).onErrorMap(RSocketProblems::of);
    }

    @MessageMapping("tasks.{id}.derivative")
    Mono<byte[]> derive(@DestinationVariable String id, @Payload(required = false) byte @Nullable [] payload) {
        Mono<byte[]> derived = Caller.current()
                .flatMap(caller -> derivative.derive(caller, id, Bodies.orEmpty(payload), Submit.Terms.NONE))
                .map(accepted -> Json.bytes(answers.body(accepted)));
        return audit.around(derived, "RSOCKET tasks." + id + ".derivative").onErrorMap(RSocketProblems::of);
    }
}
