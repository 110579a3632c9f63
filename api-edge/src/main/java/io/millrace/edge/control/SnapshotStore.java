package io.millrace.edge.control;

import io.millrace.schemas.v1.TaskSnapshot;
import java.util.List;
import reactor.core.publisher.Mono;

/** What MySQL keeps of tasks that have ended. Every call fails with a 503 problem while the database is down. */
interface SnapshotStore {
    /** The task at the version the read model has reached; empty when it has no row. */
    Mono<TaskSnapshot> find(String taskId);

    /**
     * An ended task, without what its phases produced.
     *
     * @param snapshot what tells which task it is, without parameters and results
     */
    record Ended(String taskId, TaskSnapshot snapshot) {}

    /**
     * Ended tasks of a user, those that ended first come first.
     *
     * @param statuses wire names
     * @param beforeMillis ended before this time
     */
    Mono<List<Ended>> ended(String userId, List<String> statuses, long beforeMillis, int limit);
}
