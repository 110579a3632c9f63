package io.millrace.edge.control;

import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.body.MergePatch;
import io.millrace.edge.fetch.Pictures;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.submit.Submission;
import io.millrace.edge.submit.SubmissionReader;
import io.millrace.edge.submit.Submit;
import io.millrace.edge.task.TaskReader;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.PhaseResult;
import io.millrace.schemas.v1.TaskSnapshot;
import java.time.Clock;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a new task from one that has ended: its parameters with changes laid over them, and what its phases produced, which a phase
 * with the same input takes over instead of computing it again.
 */
@Component
public final class Derivative {
    private static final List<String> CHANGES = List.of("override", "modifications");

    private final TaskReader tasks;
    private final Snapshots snapshots;
    private final SubmissionReader reader;
    private final Pictures pictures;
    private final Submit submit;
    private final Clock clock;

    Derivative(
            TaskReader tasks,
            Snapshots snapshots,
            SubmissionReader reader,
            Pictures pictures,
            Submit submit,
            Clock clock) {
        this.tasks = tasks;
        this.snapshots = snapshots;
        this.reader = reader;
        this.pictures = pictures;
        this.submit = submit;
        this.clock = clock;
    }

    /**
     * Submits the derivative.
     *
     * @param body {@code override} (or {@code modifications}): a JSON Merge Patch for the parameters; beside it {@code priority,
     *     project_id, custom_id, start_deadline, end_deadline} as of a submit
     * @return the new task; its details are missing when the orchestrator has not answered yet
     */
    Mono<Submit.Accepted> derive(Caller caller, String parentId, byte[] body, Submit.Terms terms) {
        return Mono.defer(() -> {
            ObjectNode wanted = Bodies.objectOrEmpty(body);
            return tasks.find(caller, parentId).flatMap(found -> {
                TaskView parent = found.view();
                caller.requireControl(parent.userId(), "task " + parentId);
                requireEnded(parent);
                return snapshots
                        .of(parent)
                        .flatMap(snapshot -> usable(parent.userId(), snapshot, submission(parentId, snapshot, wanted)))
                        .flatMap(submission -> submit.submit(parent.userId(), submission, terms));
            });
        });
    }

    /** What the phases of a task that has ended produced, as far as MySQL has it; empty when it has nothing. */
    public Mono<List<PhaseResult>> produced(String taskId) {
        return snapshots.now(taskId).map(TaskSnapshot::getResultsList).defaultIfEmpty(List.of());
    }

    private static void requireEnded(TaskView parent) {
        if (!parent.ended()) {
            throw Problem.of(
                    HttpStatus.BAD_REQUEST,
                    ErrorCode.CONFLICT,
                    "task " + parent.taskId() + " has not ended, it is "
                            + parent.step().getStatus(),
                    "Derive from it after it has ended, or cancel it first.");
        }
    }

    private Submission submission(String parentId, TaskSnapshot parent, ObjectNode wanted) {
        ObjectNode body = wanted.deepCopy();
        JsonNode change = changes(body);
        body.put("type", parent.getType());
        if (!body.has("priority")) {
            body.put("priority", parent.getPriority());
        }
        if (!body.has("project_id") && !parent.getProjectId().isEmpty()) {
            body.put("project_id", parent.getProjectId());
        }
        ObjectNode params = Json.lenient(parent.getInputParams()) instanceof ObjectNode object ? object : Json.object();
        body.set("input_params", change instanceof ObjectNode patch ? MergePatch.apply(params, patch) : params);
        return reader.read(body, clock.millis()).derivedFrom(new Submission.Parent(parentId, parent.getResultsList()));
    }

    /** What the parent referred to was its owner's to use. */
    private Mono<Submission> usable(String userId, TaskSnapshot parent, Submission submission) {
        return pictures.usable(userId, submission.params(), "", Json.lenient(parent.getInputParams()))
                .map(submission::withParams);
    }

    private static JsonNode changes(ObjectNode body) {
        JsonNode change = Json.object();
        for (String name : CHANGES) {
            JsonNode given = body.remove(name);
            if (given != null && !given.isObject()) {
                throw Problem.invalid(name, "must be an object", "Send the parameters that shall differ.");
            }
            change = given == null ? change : given;
        }
        for (String name : List.of("type", "input_params")) {
            if (body.has(name)) {
                throw Problem.invalid(name, "is the parent's", "Put what shall differ into override.");
            }
        }
        return change;
    }
}
