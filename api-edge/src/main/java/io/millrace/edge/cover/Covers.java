package io.millrace.edge.cover;

import io.millrace.edge.Json;
import io.millrace.edge.access.Caller;
import io.millrace.edge.live.LiveView;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.submit.OnceKeys;
import io.millrace.edge.submit.Submission;
import io.millrace.edge.submit.Submit;
import io.millrace.edge.task.TaskReader;
import io.millrace.edge.watch.Hub;
import io.millrace.schemas.task.TaskStatus;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Generates covers. A cover is a task whose id follows from roadmap and attempt: who asks twice triggers once, also while the table has
 * not heard of the first.
 */
@Component
final class Covers {
    static final int MAX_IDS = 100;
    private static final String TYPE = "cover_image";
    private static final int PRIORITY = 3;

    private final TaskReader tasks;
    private final CoverStore store;
    private final Submit submit;
    private final Hub hub;
    private final Clock clock;

    Covers(TaskReader tasks, CoverStore store, Submit submit, Hub hub, Clock clock) {
        this.tasks = tasks;
        this.store = store;
        this.submit = submit;
        this.hub = hub;
        this.clock = clock;
    }

    /** {@code triggered, skipped, roadmap_ids, message}; fails with 403 or 404 for a roadmap that is not the caller's. */
    Mono<ObjectNode> generate(Caller caller, List<String> ids) {
        List<String> distinct = List.copyOf(new LinkedHashSet<>(ids));
        return roadmaps(caller, distinct)
                .doOnNext(views ->
                        views.forEach(view -> caller.requireControl(view.userId(), "roadmap " + view.taskId())))
                .flatMap(views -> store.find(owners(views))
                        .flatMap(covers -> Flux.fromIterable(views)
                                .concatMap(view ->
                                        trigger(view, cover(covers, view)).map(done -> done ? view.taskId() : ""))
                                .filter(id -> !id.isEmpty())
                                .collectList()))
                .map(triggered -> answer(triggered, distinct.size() - triggered.size()));
    }

    private static ObjectNode answer(List<String> triggered, int skipped) {
        ObjectNode data = Json.object().put("triggered", triggered.size()).put("skipped", skipped);
        triggered.forEach(data.putArray("roadmap_ids")::add);
        return data.put(
                "message",
                "Triggered " + triggered.size() + " cover image generation tasks, skipped " + skipped
                        + " that exist or are under way");
    }

    /** The covers of roadmaps the caller may see, in order. */
    Mono<List<Cover>> get(Caller caller, List<String> ids) {
        List<String> distinct = List.copyOf(new LinkedHashSet<>(ids));
        return roadmaps(caller, distinct)
                .flatMap(views -> store.find(owners(views)).map(covers -> {
                    List<Cover> found = new ArrayList<>();
                    views.forEach(view -> found.add(withLive(cover(covers, view))));
                    return found;
                }));
    }

    private Mono<List<TaskView>> roadmaps(Caller caller, List<String> ids) {
        return Flux.fromIterable(ids)
                .flatMapSequential(id -> tasks.find(caller, id).map(TaskReader.Found::view), 8)
                .collectList();
    }

    private static Map<String, String> owners(List<TaskView> roadmaps) {
        return roadmaps.stream().collect(Collectors.toMap(TaskView::taskId, TaskView::userId));
    }

    private static Cover cover(Map<String, Cover> covers, TaskView roadmap) {
        return covers.getOrDefault(roadmap.taskId(), Cover.none(roadmap.taskId(), roadmap.userId()));
    }

    /** Tries a failed cover again without anybody asking. @return whether a task was submitted */
    Mono<Boolean> retry(Cover failed) {
        return tasks.find(Caller.system(), failed.roadmapId())
                .flatMap(found -> trigger(found.view(), failed))
                .onErrorReturn(Problem.class, false);
    }

    private Mono<Boolean> trigger(TaskView roadmap, Cover cover) {
        if (!cover.wanting()) {
            return Mono.just(false);
        }
        int attempt = cover.attempt() + 1;
        Optional<TaskView> live = live(cover, attempt);
        while (live.isPresent()) {
            if (!failed(live.get())) {
                return Mono.just(false);
            }
            attempt++;
            live = live(cover, attempt);
        }
        ObjectNode params = Json.object()
                .put("roadmap_id", roadmap.taskId())
                .put("title", title(roadmap))
                .put("attempt", attempt);
        Submission submission = new Submission(
                TYPE, PRIORITY, roadmap.step().getProjectId(), "", params, Submission.Deadlines.NONE, null);
        Submit.Terms terms = new Submit.Terms(key(cover, attempt), null, null);
        return submit.submit(roadmap.userId(), submission, terms).map(accepted -> !accepted.repeated());
    }

    private static boolean failed(TaskView view) {
        return view.status() == TaskStatus.FAILED || view.status() == TaskStatus.CANCELLED;
    }

    private static String key(Cover cover, int attempt) {
        return "cover/" + cover.roadmapId() + "/" + attempt;
    }

    private Optional<TaskView> live(Cover cover, int attempt) {
        return OnceKeys.lately(cover.userId(), key(cover, attempt), clock.millis()).stream()
                .flatMap(id -> hub.find(id.value()).stream())
                .map(LiveView.Known::view)
                .findFirst();
    }

    /** What the live view knows beyond the row. */
    private Cover withLive(Cover cover) {
        if (!cover.wanting()) {
            return cover;
        }
        return Stream.of(cover.attempt() + 1, Math.max(1, cover.attempt()))
                .flatMap(attempt -> live(cover, attempt).stream())
                .filter(view -> !failed(view))
                .findFirst()
                .map(view -> view.ended()
                        ? cover.is("success", view.taskId(), url(view))
                        : cover.is("generating", view.taskId(), ""))
                .orElse(cover);
    }

    private static String url(TaskView view) {
        JsonNode result = Json.lenient(view.step().getResult());
        for (String path : List.of("/url", "/preview", "/image", "/images/0/artifact")) {
            if (result.at(path).isString()) {
                return result.at(path).stringValue();
            }
        }
        return "";
    }

    private static String title(TaskView roadmap) {
        for (JsonNode json : List.of(Json.lenient(roadmap.step().getResult()), Json.lenient(roadmap.inputParams()))) {
            for (String name : List.of("title", "topic", "goal", "prompt", "user_request")) {
                if (json.path(name).isString()) {
                    String title = json.path(name).stringValue();
                    return title.length() <= 200 ? title : title.substring(0, 200);
                }
            }
        }
        return "Roadmap";
    }
}
