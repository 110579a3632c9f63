package io.millrace.edge.task;

import io.millrace.edge.live.TaskView;
import io.millrace.edge.watch.Hub;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.workflow.Definitions;
import io.millrace.schemas.workflow.Workflow;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Adds to a task's JSON where it waits and when it will end, as far as its lane lets one say. */
@Component
public final class Prospects {
    private final Hub hub;
    private final Definitions definitions;
    private final Clock clock;

    Prospects(Hub hub, Definitions definitions, Clock clock) {
        this.hub = hub;
        this.definitions = definitions;
        this.clock = clock;
    }

    /** Adds {@code queue_position, queue} of a task that waits, and {@code estimates, estimated_remaining_seconds}. */
    public void add(ObjectNode json, TaskView view) {
        long now = clock.millis();
        if (view.status() == TaskStatus.QUEUED) {
            hub.ask(outlook -> outlook.standing(view.taskId(), now))
                    .ifPresent(standing -> QueueJson.add(json, standing, now));
        } else if (view.status() == TaskStatus.PROCESSING && view.step().getStartedAtMs() > 0) {
            Optional<String> lane = definitions.workflow(view.step().getType()).map(Workflow::lane);
            lane.flatMap(name ->
                            hub.ask(outlook -> outlook.running(name, view.step().getStartedAtMs(), now)))
                    .ifPresent(estimate -> QueueJson.add(json, estimate, now));
        }
    }
}
