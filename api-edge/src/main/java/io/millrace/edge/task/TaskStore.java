package io.millrace.edge.task;

import io.millrace.edge.live.Milestone;
import io.millrace.edge.live.TaskView;
import io.millrace.schemas.artifact.ArtifactRef;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Tasks as the read model has them. Every call fails with a 503 problem while the database is down. */
public interface TaskStore {
    /** Empty when there is no such row. */
    Mono<TaskView> find(String taskId);

    /**
     * Tasks with ids below the given one, newest first, without parameters and results.
     *
     * @param userId of this user only; null: everybody's
     * @param before ids below this one; null: from the newest
     */
    Mono<List<TaskView>> page(@Nullable String userId, TaskFilter filter, @Nullable String before, int limit);

    /** Committed history, oldest first. */
    Mono<List<Milestone>> history(String taskId);

    /** Whether a task or poster of the user refers to the blob. */
    Mono<Boolean> refers(String userId, ArtifactRef ref);
}
