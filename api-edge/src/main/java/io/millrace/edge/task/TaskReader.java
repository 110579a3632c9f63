package io.millrace.edge.task;

import io.millrace.edge.access.Caller;
import io.millrace.edge.live.LiveView;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.watch.Hub;
import io.millrace.schemas.task.TaskId;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds one task: the newer of what the live view and the read model know, for those who may see it. */
@Component
public final class TaskReader {
    private final Hub hub;
    private final TaskStore store;
    private final ReadThrough readThrough;

    public TaskReader(Hub hub, TaskStore store, ReadThrough readThrough) {
        this.hub = hub;
        this.store = store;
        this.readThrough = readThrough;
    }

    /**
     * A task that was found.
     *
     * @param view its newest state
     * @param live what the live view knows beside it, if the task is there
     */
    public record Found(TaskView view, Optional<LiveView.Known> live) {}

    /** Fails with 404 when nobody knows the task, 403 when it is somebody else's, 503 when that cannot be said now. */
    public Mono<Found> find(Caller caller, String taskId) {
        if (!TaskId.isTaskId(taskId)) {
            return Mono.error(Problem.notFound("task " + shortened(taskId)));
        }
        return known(taskId)
                .switchIfEmpty(Mono.error(() -> Problem.notFound("task " + taskId)))
                .doOnNext(found -> caller.requireSight(found.view().userId(), "task " + taskId));
    }

    /** Whoever's it is. Empty when nobody knows the task or it was deleted; fails with 503 when that cannot be said now. */
    public Mono<Found> known(String taskId) {
        return look(taskId)
                .onErrorResume(Problem.class, down -> liveAfterReading(taskId).switchIfEmpty(Mono.error(down)))
                .switchIfEmpty(Mono.defer(() -> readThrough.toEnd().then(look(taskId))))
                .filter(found -> !found.view().deleted());
    }

    /** Without rows, the log may still know the task. */
    private Mono<Found> liveAfterReading(String taskId) {
        return readThrough
                .toEnd()
                .onErrorComplete(Problem.class)
                .then(Mono.defer(() -> Mono.justOrEmpty(hub.find(taskId))))
                .map(known -> new Found(known.view(), Optional.of(known)));
    }

    private Mono<Found> look(String taskId) {
        return Mono.defer(() -> {
            Optional<LiveView.Known> live = hub.find(taskId);
            if (live.isEmpty()) {
                return store.find(taskId).map(row -> new Found(row, hub.find(taskId)));
            }
            TaskView view = live.get().view();
            // From its first step on, the live view has all there is; before that, and without parameters, the row may
            // know more.
            if (view.number() > 0 && !view.inputParams().isEmpty()) {
                return Mono.just(new Found(view, live));
            }
            return store.find(taskId)
                    .onErrorComplete(Problem.class)
                    .map(row -> new Found(newest(row, view), live))
                    .defaultIfEmpty(new Found(view, live));
        });
    }

    /** The newer of two views of a task, with parameters if either has them. */
    static TaskView newest(TaskView row, TaskView live) {
        TaskView newer = row.newerThan(live) ? row : live;
        if (!newer.inputParams().isEmpty()) {
            return newer;
        }
        return new TaskView(
                newer.taskId(),
                newer.userId(),
                newer.campaignId(),
                newer.attempt(),
                newer.number(),
                newer.step(),
                row.inputParams(),
                newer.timeMillis());
    }

    private static String shortened(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "...";
    }
}
