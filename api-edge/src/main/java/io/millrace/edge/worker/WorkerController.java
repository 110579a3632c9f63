package io.millrace.edge.worker;

import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.command.Commander;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.task.TaskReader;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.FinishPhase;
import io.millrace.schemas.v1.TaskCommand;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * An external worker's calls about a task, with the key of a service or of the owner. Whether the task is in an external phase is for the
 * orchestrator to say: else it refuses, which is a 400.
 */
@RestController
@RequestMapping("/api/v1/tasks/{id}")
final class WorkerController {
    private final TaskReader tasks;
    private final Commander commander;
    private final DesignStore designs;

    WorkerController(TaskReader tasks, Commander commander, DesignStore designs) {
        this.tasks = tasks;
        this.commander = commander;
        this.designs = designs;
    }

    /** {@code {phase, percentage, message, details}}; phase {@code failed} or percentage -1 fails the task. Renews the lease. */
    @PutMapping("/progress")
    Mono<ResponseEntity<ObjectNode>> progress(
            @PathVariable String id, @RequestBody(required = false) byte @Nullable [] body) {
        return Caller.current().flatMap(caller -> {
            ObjectNode report = Bodies.object(Bodies.orEmpty(body));
            return tasks.find(caller, id).flatMap(found -> {
                TaskCommand command = commander
                        .command("report", id, found.view().userId())
                        .setReport(WorkerBodies.report(report, caller.label()))
                        .build();
                return send(caller, command, "progress updated");
            });
        });
    }

    /** {@code {poster_id, preview, layers}}, or {@code {output, facts}}: ends the external phase with this result. */
    @PostMapping("/complete")
    Mono<ResponseEntity<ObjectNode>> complete(
            @PathVariable String id, @RequestBody(required = false) byte @Nullable [] body) {
        return Caller.current()
                .flatMap(caller -> tasks.find(caller, id).flatMap(found -> {
                    WorkerBodies.Finished finished = WorkerBodies.finished(Bodies.object(Bodies.orEmpty(body)));
                    FinishPhase.Builder finish = finished.command().toBuilder().setRequestedBy(caller.label());
                    TaskCommand command = commander
                            .command("finish", id, found.view().userId())
                            .setFinish(finish)
                            .build();
                    return adopt(caller, found.view(), finished).then(send(caller, command, "task completed"));
                }));
    }

    /** A service's layers become the owner's before the result that names them is there. */
    private Mono<Void> adopt(Caller caller, TaskView view, WorkerBodies.Finished finished) {
        if (finished.posterId().isEmpty() || finished.layers().isEmpty()) {
            return Mono.empty();
        }
        return designs.adopt(caller.userId(), view.userId(), finished.posterId(), finished.layers());
    }

    private Mono<ResponseEntity<ObjectNode>> send(Caller caller, TaskCommand command, String message) {
        return commander
                .accepted(caller, command)
                .map(answer -> answer(HttpStatus.OK, command, message, answer))
                .defaultIfEmpty(answer(
                        HttpStatus.ACCEPTED,
                        command,
                        "written and not decided yet",
                        CommandAnswer.getDefaultInstance()));
    }

    private static ResponseEntity<ObjectNode> answer(
            HttpStatus status, TaskCommand command, String message, CommandAnswer answer) {
        ObjectNode body = Json.object().put("code", 0).put("message", message);
        ObjectNode data =
                body.putObject("data").put("task_id", command.getTaskId()).put("success", status == HttpStatus.OK);
        if (!answer.getStatus().isEmpty()) {
            data.put("status", answer.getStatus());
        }
        return ResponseEntity.status(status).body(body);
    }
}
