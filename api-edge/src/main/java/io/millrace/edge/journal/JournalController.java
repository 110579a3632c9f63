package io.millrace.edge.journal;

import io.millrace.edge.Answers;
import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.access.LinkSigner;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.task.TaskReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The journal of a task over REST. It holds what is committed: the newest step of a running task may not be in it yet. */
@RestController
@RequestMapping("/api/v1/tasks/{id}")
final class JournalController {
    private static final int PAGE = 200;

    private final TaskReader tasks;
    private final JournalStore store;
    private final LinkSigner links;

    JournalController(TaskReader tasks, JournalStore store, LinkSigner links) {
        this.tasks = tasks;
        this.store = store;
        this.links = links;
    }

    /** The state at one version of the task; without a version the newest that is committed. */
    @GetMapping("/snapshot")
    Mono<ResponseEntity<ObjectNode>> snapshot(
            @PathVariable String id, @RequestParam(required = false) @Nullable String version) {
        long wanted = version == null ? 0 : number("version", version, 1);
        return seen(id).then(store.snapshot(id, wanted))
                .switchIfEmpty(Mono.error(
                        () -> Problem.notFound("version " + (version == null ? "1" : version) + " of task " + id)))
                .map(state -> Answers.ok(links.linked(state.put("task_id", id))));
    }

    @GetMapping("/checkpoints")
    Mono<ResponseEntity<ObjectNode>> checkpoints(@PathVariable String id) {
        return seen(id).then(store.checkpoints(id)).map(rows -> Answers.ok(list(id, "checkpoints", rows)));
    }

    /** Lines of the log after a version, oldest first: of each event what functions had logged before it, then the event. */
    @GetMapping("/logs")
    Mono<ResponseEntity<ObjectNode>> logs(
            @PathVariable String id, @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        long after = cursor == null ? 0 : number("cursor", cursor, 0);
        return seen(id).then(store.logs(id, after, PAGE + 1)).map(rows -> {
            boolean more = rows.size() > PAGE;
            List<ObjectNode> page = more ? rows.subList(0, PAGE) : rows;
            ObjectNode data = list(id, "logs", LogLines.of(page));
            data.put("next_cursor", more ? page.get(PAGE - 1).path("version").asString() : null);
            return Answers.ok(data);
        });
    }

    private Mono<TaskReader.Found> seen(String id) {
        return Caller.current().flatMap(caller -> tasks.find(caller, id));
    }

    private static ObjectNode list(String id, String name, List<ObjectNode> rows) {
        ObjectNode data = Json.object().put("task_id", id);
        ArrayNode items = data.putArray(name);
        rows.forEach(row -> {
            row.remove("task_id");
            items.add(row);
        });
        return data;
    }

    private static long number(String field, String text, long least) {
        try {
            long number = Long.parseLong(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one complaint for both kinds of wrong.
        }
        throw Problem.invalid(field, "is not a whole number from " + least, "Send the number a list or history shows.");
    }
}
