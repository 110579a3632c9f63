package io.millrace.edge.watch;

import io.millrace.edge.live.Milestone;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.task.TaskFilter;
import io.millrace.edge.task.TaskStore;
import io.millrace.schemas.artifact.ArtifactRef;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A read model without rows. */
class NoRows implements TaskStore {
    @Override
    public Mono<TaskView> find(String taskId) {
        return Mono.empty();
    }

    @Override
    public Mono<List<TaskView>> page(@Nullable String userId, TaskFilter filter, @Nullable String before, int limit) {
        return Mono.just(List.of());
    }

    @Override
    public Mono<List<Milestone>> history(String taskId) {
        return Mono.just(List.of());
    }

    @Override
    public Mono<Boolean> refers(String userId, ArtifactRef ref) {
        return Mono.just(false);
    }
}
