package io.millrace.edge.task;

import io.millrace.edge.Answers;
import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.live.LiveView;
import io.millrace.edge.live.Milestone;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.workflow.Definitions;
import io.millrace.schemas.workflow.Workflow;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

/** Questions about tasks over REST. */
@RestController
@RequestMapping("/api/v1/tasks")
final class TaskController {
    private static final int MAX_PAGE = 200;

    private final TaskReader reader;
    private final TaskList list;
    private final TaskStore store;
    private final TaskJson json;
    private final Definitions definitions;

    TaskController(TaskReader reader, TaskList list, TaskStore store, TaskJson json, Definitions definitions) {
        this.reader = reader;
        this.list = list;
        this.store = store;
        this.json = json;
        this.definitions = definitions;
    }

    @GetMapping
    Mono<ResponseEntity<ObjectNode>> list(
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(name = "user_id", required = false) @Nullable String userId,
            @RequestParam(defaultValue = "50") String limit) {
        TaskFilter filter = new TaskFilter(knownStatus(status), knownType(type));
        int size = pageSize(limit);
        if (cursor != null && !TaskId.isTaskId(cursor)) {
            throw Problem.invalid("cursor", "is not a cursor of this list", "Send next_cursor of the page before.");
        }
        return Caller.current()
                .flatMap(caller -> {
                    String owner = caller.seesEverybody() ? userId : caller.userId();
                    if (userId != null) {
                        caller.requireSight(userId, "the list of " + userId);
                    }
                    return list.page(owner, filter, cursor, size);
                })
                .map(page -> Answers.ok(page(page)));
    }

    private ObjectNode page(TaskList.Page page) {
        ObjectNode data = Json.object();
        ArrayNode tasks = data.putArray("tasks");
        page.tasks().forEach(view -> tasks.add(json.summary(view)));
        data.put("next_cursor", page.next());
        data.put("complete", page.complete());
        return data;
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<ObjectNode>> get(@PathVariable String id) {
        return find(id).map(found -> {
            ObjectNode task = json.task(found.view());
            ObjectNode status = json.status(found);
            task.set("progress", status.path("progress"));
            task.set("message", status.path("message"));
            return Answers.ok(task);
        });
    }

    @GetMapping("/{id}/status")
    Mono<ResponseEntity<ObjectNode>> status(@PathVariable String id) {
        return find(id).map(found -> Answers.ok(json.status(found)));
    }

    @GetMapping("/{id}/result")
    Mono<ResponseEntity<ObjectNode>> result(@PathVariable String id) {
        return find(id).map(found -> {
            TaskView view = found.view();
            if (!view.ended()) {
                throw Problem.conflict(
                        "task " + id + " has no result yet, it is "
                                + view.step().getStatus(),
                        "Follow its stream, or ask again after it has ended.");
            }
            ObjectNode data = Json.object();
            json.addOutcome(data, view.step());
            // The fields of the result stand beside its task, as both documents have them.
            if (data.remove("result") instanceof ObjectNode result) {
                data.setAll(result);
            }
            data.put("task_id", id).put("status", view.step().getStatus());
            return Answers.ok(data);
        });
    }

    @GetMapping("/{id}/history")
    Mono<ResponseEntity<ObjectNode>> history(@PathVariable String id) {
        return find(id).flatMap(found -> {
            List<Milestone> live = found.live().map(LiveView.Known::milestones).orElse(List.of());
            Mono<List<Milestone>> rows = store.history(id);
            return (live.isEmpty() ? rows : rows.onErrorReturn(Problem.class, List.of()))
                    .map(committed -> Answers.ok(history(id, committed, live)));
        });
    }

    private static ObjectNode history(String id, List<Milestone> committed, List<Milestone> live) {
        Map<Long, ObjectNode> byVersion = new TreeMap<>();
        live.forEach(milestone -> byVersion.put(milestone.version(), TaskJson.milestone(milestone, false)));
        for (Milestone row : committed) {
            ObjectNode known = byVersion.computeIfAbsent(row.version(), v -> TaskJson.milestone(row, true));
            known.put("committed", true);
        }
        ObjectNode data = Json.object().put("task_id", id);
        ArrayNode items = data.putArray("history");
        byVersion.values().forEach(items::add);
        return data;
    }

    private Mono<TaskReader.Found> find(String id) {
        return Caller.current().flatMap(caller -> reader.find(caller, id));
    }

    private static @Nullable String knownStatus(@Nullable String status) {
        boolean known = status == null
                || Arrays.stream(TaskStatus.values())
                        .anyMatch(value -> value.wireName().equals(status));
        if (!known) {
            String all =
                    Arrays.stream(TaskStatus.values()).map(TaskStatus::wireName).collect(Collectors.joining(", "));
            throw Problem.invalid("status", "is not a status", "Send one of " + all + ".");
        }
        return status;
    }

    private @Nullable String knownType(@Nullable String type) {
        if (type == null) {
            return null;
        }
        return definitions
                .workflow(type)
                .map(Workflow::type)
                .orElseThrow(() -> Problem.invalid("type", "names no type of task", "Leave it out to see all types."));
    }

    private static int pageSize(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_PAGE) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one complaint for both kinds of wrong.
        }
        throw Problem.invalid("limit", "is not a page size", "Send a whole number from 1 to " + MAX_PAGE + ".");
    }
}
