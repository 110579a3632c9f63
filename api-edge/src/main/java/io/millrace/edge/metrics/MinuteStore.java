package io.millrace.edge.metrics;

import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** The minutes in MySQL. Fails with a 503 problem while the database is down. */
interface MinuteStore {
    /** Rows of {@code task_metrics_minute} from a time on, oldest first. */
    Mono<List<ObjectNode>> since(Instant from);
}
