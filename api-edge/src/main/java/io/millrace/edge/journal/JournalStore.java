package io.millrace.edge.journal;

import java.util.List;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** What MySQL keeps of a task's way. Fails with a 503 problem while the database is down. */
interface JournalStore {
    /** The state at a version; 0: the newest. Empty when there is none. */
    Mono<ObjectNode> snapshot(String taskId, long version);

    /** Borders of phases that were crossed, newest first, at most ten. */
    Mono<List<ObjectNode>> checkpoints(String taskId);

    /** Lines after a version, oldest first. */
    Mono<List<ObjectNode>> logs(String taskId, long afterVersion, int limit);
}
