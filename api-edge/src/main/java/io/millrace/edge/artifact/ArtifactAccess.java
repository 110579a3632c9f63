package io.millrace.edge.artifact;

import io.millrace.edge.access.Caller;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.task.TaskStore;
import io.millrace.edge.watch.Hub;
import io.millrace.schemas.artifact.ArtifactRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Who may read, and thus use, a blob: who brought it, and whose tasks or posters refer to it. */
@Component
public final class ArtifactAccess {
    private static final Pattern REFERENCE = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final int AT_ONCE = 8;

    private final UploadStore uploads;
    private final TaskStore tasks;
    private final Hub hub;

    ArtifactAccess(UploadStore uploads, TaskStore tasks, Hub hub) {
        this.uploads = uploads;
        this.tasks = tasks;
        this.hub = hub;
    }

    /** Fails with a 503 problem when that cannot be said without the database, and the database is down. */
    public Mono<Boolean> mayRead(Caller caller, ArtifactRef ref) {
        if (caller.seesEverybody()) {
            return Mono.just(true);
        }
        return mayRead(caller.userId(), ref);
    }

    /** As {@link #mayRead(Caller, ArtifactRef)}, for a user who is not there. */
    public Mono<Boolean> mayRead(String userId, ArtifactRef ref) {
        if (liveTaskRefers(userId, ref)) {
            return Mono.just(true);
        }
        return uploads.brought(userId, ref).flatMap(own -> own ? Mono.just(true) : tasks.refers(userId, ref));
    }

    private boolean liveTaskRefers(String userId, ArtifactRef ref) {
        String text = "\"" + ref + "\"";
        return hub.tasksOf(userId).stream()
                .map(TaskView::step)
                .anyMatch(step -> step.getResult().toStringUtf8().contains(text));
    }

    /**
     * Parameters may refer to nothing that the caller could not read.
     *
     * @return empty when all is well; a 400 problem that names the first field otherwise
     */
    public Mono<Void> requireUsable(Caller caller, JsonNode params) {
        Map<String, String> fields = new LinkedHashMap<>();
        collect(params, "", fields);
        return Flux.fromIterable(fields.entrySet())
                .flatMapSequential(
                        entry -> mayRead(caller, ArtifactRef.parse(entry.getKey()))
                                .flatMap(may -> may ? Mono.<Void>empty() : Mono.error(() -> unknown(entry.getValue()))),
                        AT_ONCE)
                .then();
    }

    private static Problem unknown(String field) {
        return Problem.invalid(List.of(new FieldProblem(
                field,
                "refers to no file of yours",
                "Upload it with POST /api/v1/storage/upload, or take one of your tasks' results.")));
    }

    /** References with the field where each stands first. */
    private static void collect(JsonNode node, String path, Map<String, String> fields) {
        if (node.isObject()) {
            node.properties()
                    .forEach(entry -> collect(
                            entry.getValue(), path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), fields));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), path + "[" + i + "]", fields);
            }
        } else if (node.isString() && REFERENCE.matcher(node.stringValue()).matches()) {
            fields.putIfAbsent(node.stringValue(), path);
        }
    }
}
