package io.millrace.edge.submit;

import io.millrace.edge.Answers;
import io.millrace.edge.access.Caller;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.prefer.EndOfTask;
import io.millrace.edge.prefer.Preference;
import io.millrace.edge.task.TaskJson;
import io.millrace.edge.task.TaskReader;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The answer to who has made a task, be it by a submit, as a derivative or by drawing a poster. */
@Component
public final class SubmitAnswers {
    private static final String REUSED = "reused_phases";

    private final EndOfTask end;
    private final TaskReader tasks;
    private final TaskJson json;

    SubmitAnswers(EndOfTask end, TaskReader tasks, TaskJson json) {
        this.end = end;
        this.tasks = tasks;
        this.json = json;
    }

    /**
     * 202 with the task as accepted; or, when it ended within the wait that was preferred, 200 with the task as it ended. What goes
     * wrong while waiting does not undo the task: the answer is 202 then.
     *
     * @param prefer the header {@code Prefer}; null when there is none
     */
    public Mono<ResponseEntity<ObjectNode>> of(Caller caller, Submit.Accepted accepted, @Nullable String prefer) {
        Preference preference = Preference.of(prefer);
        return end.await(caller, accepted.view().taskId(), preference)
                .then(preference.isToWait() ? newest(caller, accepted.view()) : Mono.just(accepted.view()))
                .map(view -> answer(view, accepted, preference));
    }

    private Mono<TaskView> newest(Caller caller, TaskView accepted) {
        return tasks.find(caller, accepted.taskId()).map(TaskReader.Found::view).onErrorReturn(accepted);
    }

    private ResponseEntity<ObjectNode> answer(TaskView view, Submit.Accepted accepted, Preference preference) {
        return ResponseEntity.status(view.ended() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .location(URI.create("/api/v1/tasks/" + view.taskId()))
                .header("Idempotency-Replayed", String.valueOf(accepted.repeated()))
                .headers(preference.applied())
                .body(body(view, accepted));
    }

    /** The body for transports without a status line. */
    public ObjectNode body(Submit.Accepted accepted) {
        return body(accepted.view(), accepted);
    }

    private ObjectNode body(TaskView view, Submit.Accepted accepted) {
        ObjectNode task = json.task(view);
        JsonNode reused = accepted.details().path(REUSED);
        if (reused.isArray()) {
            task.set(REUSED, reused);
        }
        return Answers.body(task);
    }
}
