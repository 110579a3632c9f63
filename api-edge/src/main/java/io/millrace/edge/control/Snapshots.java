package io.millrace.edge.control;

import io.millrace.edge.live.TaskView;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.TaskSnapshot;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Brings the snapshot of an ended task along, once MySQL has reached what was shown of it. */
@Component
final class Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final SnapshotStore store;

    Snapshots(SnapshotStore store) {
        this.store = store;
    }

    /** The row is not there yet, or older than what was shown. */
    private static final class Behind extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Behind() {
            super("the read model is behind", null, false, false);
        }
    }

    /** The task as MySQL knows it, not older than the view; 503 when MySQL does not get there within three seconds. */
    Mono<TaskSnapshot> of(TaskView view) {
        return since(view.taskId(), view.step().getVersion());
    }

    /** The task as MySQL knows it at this moment; empty when it has no row. */
    Mono<TaskSnapshot> now(String taskId) {
        return store.find(taskId);
    }

    /** As {@link #of}, at this version at least. */
    Mono<TaskSnapshot> since(String taskId, long version) {
        return store.find(taskId)
                .filter(snapshot -> snapshot.getVersion() >= version)
                .switchIfEmpty(Mono.error(Behind::new))
                .retryWhen(Retry.fixedDelay(PATIENCE.dividedBy(PAUSE), PAUSE)
                        .jitter(0.3)
                        .filter(Behind.class::isInstance))
                .timeout(PATIENCE)
                .onErrorMap(failure -> failure instanceof Problem ? failure : late(taskId, version));
    }

    private static Problem late(String taskId, long version) {
        LOG.warn("event=snapshot_late task={} version={}", taskId, version);
        return Problem.unavailable(
                "task " + taskId + " has ended and its record is not in the database yet", ErrorCode.UNAVAILABLE);
    }
}
