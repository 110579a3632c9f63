package io.millrace.edge.lane;

import io.millrace.edge.Json;
import io.millrace.edge.live.Outlook;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.watch.Hub;
import io.millrace.schemas.v1.LaneHead;
import io.millrace.schemas.v1.QueueHead;
import io.millrace.schemas.workflow.Definitions;
import io.millrace.schemas.workflow.Workflow;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lanes as they are defined, with what each said last. */
@Component
final class LaneReader {
    private final Hub hub;
    private final Definitions definitions;

    LaneReader(Hub hub, Definitions definitions) {
        this.hub = hub;
        this.definitions = definitions;
    }

    /** Every lane by name; one that has said nothing yet is empty and as wide as defined. */
    Collection<LaneHead> all() {
        Map<String, LaneHead> byName = new TreeMap<>();
        for (Workflow workflow : definitions.workflows()) {
            String name = workflow.lane();
            int limit = definitions.lane(name).concurrency();
            byName.put(name, LaneHead.newBuilder().setLane(name).setLimit(limit).build());
        }
        hub.ask(Outlook::lanes).forEach(head -> byName.put(head.getLane(), head));
        return byName.values();
    }

    Map<String, Long> tasksByStatus() {
        Map<String, Long> counts = new TreeMap<>();
        for (TaskView view : hub.tasksOf(null)) {
            if (!view.ended()) {
                counts.merge(view.step().getStatus(), 1L, Long::sum);
            }
        }
        return counts;
    }

    /** @param tenants whether the queues are named, which shows who waits */
    static ObjectNode json(LaneHead head, boolean tenants) {
        ObjectNode json = Json.object()
                .put("name", head.getLane())
                .put("concurrency", head.getLimit())
                .put("running", head.getRunning())
                .put("waiting", head.getWaiting());
        if (head.getHeldP50Ms() > 0) {
            json.putObject("held_ms")
                    .put("p10", head.getHeldP10Ms())
                    .put("p50", head.getHeldP50Ms())
                    .put("p90", head.getHeldP90Ms());
        }
        if (tenants) {
            ArrayNode queues = json.putArray("queues");
            for (QueueHead queue : head.getQueuesList()) {
                queues.addObject()
                        .put("priority", queue.getPriority())
                        .put("tenant", queue.getTenant())
                        .put("waiting", queue.getWaiting())
                        .put("weight", queue.getWeight());
            }
        }
        return json;
    }
}
