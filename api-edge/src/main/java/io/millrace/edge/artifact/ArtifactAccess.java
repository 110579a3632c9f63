package io.millrace.edge.artifact;

import io.millrace.edge.access.Caller;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.task.TaskStore;
import io.millrace.edge.watch.Hub;
import io.millrace.schemas.artifact.ArtifactRef;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Who may read, and thus use, a blob: who brought it, and whose tasks or posters refer to it. */
@Component
public final class ArtifactAccess {
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
}
