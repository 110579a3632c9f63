package io.millrace.edge.control;

import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.body.DurationText;
import io.millrace.edge.body.Fields;
import io.millrace.edge.command.Commander;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.problem.ProblemWriter;
import io.millrace.edge.submit.Submit;
import io.millrace.edge.task.TaskJson;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Many tasks with one request; each item has its own answer, and one that fails stops no other. */
@Component
final class Bulk {
    static final int MAX_ITEMS = 100;
    static final int MAX_CLEANED = 1_000;
    private static final int AT_ONCE = 16;
    private static final List<String> FAILED = List.of("failed", "partial_failure");
    private static final List<String> ALL = List.of("completed", "failed", "partial_failure", "cancelled");

    private final Submit submit;
    private final Control control;
    private final SnapshotStore store;
    private final Commander commander;
    private final TaskJson json;
    private final Clock clock;

    Bulk(Submit submit, Control control, SnapshotStore store, Commander commander, TaskJson json, Clock clock) {
        this.submit = submit;
        this.control = control;
        this.store = store;
        this.commander = commander;
        this.json = json;
        this.clock = clock;
    }

    /** Submits each of {@code tasks}, with the key {@code KEY/INDEX} when there is one. */
    Mono<ObjectNode> submit(Caller caller, ObjectNode body, Submit.Terms terms) {
        List<JsonNode> items = items(body, "tasks");
        return each(items, (index, item) -> {
                    if (!(item instanceof ObjectNode task)) {
                        return Mono.error(Problem.invalid("tasks[" + index + "]", "must be an object", "Send a task."));
                    }
                    return submit.submit(caller, task, numbered(terms, index))
                            .map(accepted -> json.summary(accepted.view()));
                })
                .map(answers -> answer(answers, "accepted"));
    }

    private static Submit.Terms numbered(Submit.Terms terms, int index) {
        String key = terms.idempotencyKey();
        return new Submit.Terms(key == null ? null : key + "/" + index, terms.traceparent(), terms.cancelAfter());
    }

    /** Cancels each of {@code task_ids}. */
    Mono<ObjectNode> cancel(Caller caller, ObjectNode body) {
        List<FieldProblem> problems = new ArrayList<>();
        String reason = new Fields(body, "", problems).text("reason", 0, 500);
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
        List<JsonNode> ids = items(body, "task_ids");
        return each(
                        ids,
                        (index, id) -> control.apply(
                                        caller, id.asString(""), Verb.CANCEL, Objects.requireNonNullElse(reason, ""))
                                .map(Control.Outcome::json))
                .map(answers -> answer(answers, "cancelled"));
    }

    /** Deletes the caller's ended tasks of {@code status: completed | failed | all} that ended {@code older_than} ago. */
    Mono<ObjectNode> cleanup(Caller caller, ObjectNode body) {
        List<FieldProblem> problems = new ArrayList<>();
        Fields fields = new Fields(body, "", problems);
        String status = fields.oneOf("status", List.of("completed", "failed", "all"));
        String age = fields.text("older_than", 1, 20);
        fields.refuseUnknown();
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
        if (status == null) {
            throw Problem.invalid("status", "is missing", "Send completed, failed or all.");
        }
        Duration older = age == null ? Duration.ZERO : DurationText.parse("older_than", age);
        return store.ended(caller.userId(), statuses(status), clock.millis() - older.toMillis(), MAX_CLEANED + 1)
                .flatMap(ended -> {
                    boolean more = ended.size() > MAX_CLEANED;
                    return Flux.fromIterable(ended)
                            .take(MAX_CLEANED)
                            .flatMap(task -> delete(caller, task), AT_ONCE * 2)
                            .collectList()
                            .map(deleted -> cleaned(deleted, more));
                });
    }

    private static List<String> statuses(String wanted) {
        if (wanted.equals("all")) {
            return ALL;
        }
        return wanted.equals("failed") ? FAILED : List.of(wanted);
    }

    private Mono<Boolean> delete(Caller caller, SnapshotStore.Ended task) {
        return commander
                .ask(
                        caller,
                        Verb.DELETE
                                .into(commander.command("delete", task.taskId(), caller.userId()), caller.label(), "")
                                .setSnapshot(task.snapshot())
                                .build())
                .map(answer -> answer.getAccepted())
                .defaultIfEmpty(false);
    }

    private static ObjectNode cleaned(List<Boolean> deleted, boolean more) {
        long done = deleted.stream().filter(Boolean::booleanValue).count();
        return Json.object()
                .put("deleted", done)
                .put("undecided_or_refused", deleted.size() - done)
                .put("more", more);
    }

    private static List<JsonNode> items(ObjectNode body, String name) {
        List<FieldProblem> problems = new ArrayList<>();
        Fields fields = new Fields(body, "", problems);
        List<JsonNode> items = fields.list(name, MAX_ITEMS);
        fields.value("reason");
        fields.refuseUnknown();
        if (problems.isEmpty() && items.isEmpty()) {
            fields.complain(name, "is empty", "Send 1 to " + MAX_ITEMS + " items.");
        }
        if (!problems.isEmpty()) {
            throw Problem.invalid(problems);
        }
        return items;
    }

    @FunctionalInterface
    private interface Action {
        Mono<ObjectNode> run(int index, JsonNode item);
    }

    private static Mono<List<ObjectNode>> each(List<JsonNode> items, Action action) {
        return Flux.range(0, items.size())
                .flatMapSequential(
                        index -> Mono.defer(() -> action.run(index, items.get(index)))
                                .map(data -> item(index, items.get(index), data, null))
                                .onErrorResume(failure -> Mono.just(item(
                                        index,
                                        items.get(index),
                                        null,
                                        ProblemWriter.problemOf(failure).json()))),
                        AT_ONCE)
                .collectList();
    }

    private static ObjectNode item(int index, JsonNode asked, @Nullable ObjectNode data, @Nullable ObjectNode problem) {
        ObjectNode item = Json.object().put("index", index);
        if (asked.isString()) {
            item.put("task_id", asked.stringValue());
        }
        if (data != null) {
            item.setAll(data);
            item.put("success", data.path("success").asBoolean(true));
        }
        if (problem != null) {
            item.put("success", false).put("message", problem.path("message").asString(""));
            item.set("error", problem);
        }
        return item;
    }

    private static ObjectNode answer(List<ObjectNode> answers, String done) {
        ObjectNode data = Json.object();
        long successes = answers.stream()
                .filter(answer -> answer.path("success").asBoolean(false))
                .count();
        data.put("total", answers.size()).put(done, successes).put("failed", answers.size() - successes);
        ArrayNode items = data.putArray("items");
        answers.forEach(items::add);
        return data;
    }
}
