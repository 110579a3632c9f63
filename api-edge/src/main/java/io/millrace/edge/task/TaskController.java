package io.millrace.edge.task;

import io.millrace.edge.Answers;
import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.live.LiveView;
import io.millrace.edge.live.Milestone;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.page.Query;
import io.millrace.edge.prefer.EndOfTask;
import io.millrace.edge.prefer.Preference;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.workflow.Definitions;
import io.millrace.schemas.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
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
    private final TaskReader reader;
    private final TaskPages pages;
    private final TaskStore store;
    private final TaskJson json;
    private final Prospects prospects;
    private final Definitions definitions;
    private final EndOfTask end;

    TaskController(
            TaskReader reader,
            TaskPages pages,
            TaskStore store,
            TaskJson json,
            Prospects prospects,
            Definitions definitions,
            EndOfTask end) {
        this.reader = reader;
        this.pages = pages;
        this.store = store;
        this.json = json;
        this.prospects = prospects;
        this.definitions = definitions;
        this.end = end;
    }

    @GetMapping
    Mono<ResponseEntity<ObjectNode>> list(@RequestParam MultiValueMap<String, String> parameters) {
        Query query = Query.of(
                parameters,
                "status",
                "type",
                "campaign_id",
                "parent_task_id",
                "project_id",
                "created_after",
                "created_before",
                "q",
                "user_id",
                "limit",
                "cursor");
        TaskFilter filter = new TaskFilter(
                query.oneOf("status", TaskPages.statuses()),
                knownType(query),
                query.text("campaign_id", 64),
                query.text("parent_task_id", 64),
                query.text("project_id", 128),
                query.time("created_after"),
                query.time("created_before"),
                query.text("q", 100));
        String userId = query.text("user_id", 128);
        int limit = query.limit();
        String cursor = TaskPages.cursor(query);
        query.requireValid();
        return Caller.current()
                .flatMap(caller -> pages.page(caller.listedOwner(userId), filter, cursor, limit))
                .map(Answers::ok);
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<ObjectNode>> get(
            @PathVariable String id, @RequestHeader(name = "Prefer", required = false) @Nullable String prefer) {
        Preference preference = Preference.of(prefer);
        Mono<Void> awaited = Caller.current().flatMap(caller -> end.await(caller, id, preference));
        return awaited.then(find(id)).map(found -> {
            ObjectNode task = json.task(found.view());
            ObjectNode status = json.status(found);
            task.set("progress", status.path("progress"));
            task.set("message", status.path("message"));
            prospects.add(task, found.view());
            return ResponseEntity.ok().headers(preference.applied()).body(Answers.body(task));
        });
    }

    @GetMapping("/{id}/status")
    Mono<ResponseEntity<ObjectNode>> status(@PathVariable String id) {
        return find(id).map(found -> {
            ObjectNode status = json.status(found);
            prospects.add(status, found.view());
            return Answers.ok(status);
        });
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

    private @Nullable String knownType(Query query) {
        String name = query.text("type", 50);
        Optional<String> type =
                name == null ? Optional.empty() : definitions.workflow(name).map(Workflow::type);
        if (name != null && type.isEmpty()) {
            List<String> types = definitions.workflows().stream()
                    .map(Workflow::type)
                    .distinct()
                    .toList();
            query.complain("type", "names no type of task", "Send one of " + String.join(", ", types) + ".");
        }
        return type.orElse(null);
    }
}
