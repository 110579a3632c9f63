package io.millrace.edge.task;

import io.millrace.edge.Json;
import io.millrace.edge.access.LinkSigner;
import io.millrace.edge.live.LiveEvent;
import io.millrace.edge.live.LiveView;
import io.millrace.edge.live.Milestone;
import io.millrace.edge.live.TaskView;
import io.millrace.schemas.v1.PhaseTiming;
import io.millrace.schemas.v1.Step;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tasks as JSON. Times {@code *_at} of a task are RFC 3339 in UTC, those inside {@code timings} milliseconds since 1970 as in the
 * public events; fields without a value are left out; artifact references are signed links.
 */
@Component
public final class TaskJson {
    private final LinkSigner links;

    TaskJson(LinkSigner links) {
        this.links = links;
    }

    /** Everything about a task. */
    public ObjectNode task(TaskView view) {
        ObjectNode json = summary(view);
        setIfPresent(json, "input_params", Json.lenient(view.inputParams()));
        addOutcome(json, view.step());
        addTimings(json, view.step());
        return json;
    }

    /** A task without parameters, result and timings; of them it has {@code title} and {@code preview}, as far as they are known here. */
    public ObjectNode summary(TaskView view) {
        Step step = view.step();
        ObjectNode json = Json.object()
                .put("id", view.taskId())
                .put("task_id", view.taskId())
                .put("user_id", view.userId());
        putIfPresent(json, "project_id", step.getProjectId());
        putIfPresent(json, "campaign_id", view.campaignId());
        putIfPresent(json, "custom_id", step.getCustomId());
        putIfPresent(json, "parent_task_id", step.getParentTaskId());
        json.put("type", step.getType()).put("priority", step.getPriority());
        putIfPresent(json, "title", Glimpse.title(view));
        putIfPresent(json, "preview", links.linked(Glimpse.preview(view)));
        addState(json, view);
        putIfPresent(json, "cancel_reason", step.getCancelReason());
        putIfPresent(json, "created_at", Json.time(step.getCreatedAtMs()));
        putIfPresent(json, "started_at", Json.time(step.getStartedAtMs()));
        putIfPresent(json, "updated_at", Json.time(view.timeMillis()));
        putIfPresent(json, "completed_at", Json.time(step.getCompletedAtMs()));
        return json;
    }

    /** A task with the bar moved to the newest tick of its phase. */
    public ObjectNode status(TaskReader.Found found) {
        ObjectNode json = summary(found.view());
        Optional<LiveView.Known> live = found.live();
        LiveEvent moved = live.map(LiveView.Known::lastMovement).orElse(null);
        if (moved != null
                && moved.content() instanceof LiveEvent.Moved movement
                && movement.view().number() == found.view().number()) {
            json.put("progress", movement.progress());
            putIfPresent(json, "message", movement.tick().getMessage());
        }
        addError(json, found.view().step());
        return json;
    }

    /** Status, phase, progress and the numbers that order states. */
    public void addState(ObjectNode json, TaskView view) {
        Step step = view.step();
        json.put("status", step.getStatus())
                .put("phase", step.getPhase())
                .put("progress", step.getProgress())
                .put("message", step.getMessage());
        setIfPresent(json, "details", links.linked(Json.lenient(step.getDetails())));
        if (step.getQueuePosition() > 0) {
            json.put("queue_position", step.getQueuePosition());
        }
        json.put("attempt", view.attempt()).put("step", view.number()).put("version", step.getVersion());
    }

    /** Result and error. */
    public void addOutcome(ObjectNode json, Step step) {
        setIfPresent(json, "result", links.linked(Json.lenient(step.getResult())));
        addError(json, step);
    }

    private static void addError(ObjectNode json, Step step) {
        if (step.hasError()) {
            ObjectNode error = json.putObject("error")
                    .put("code", step.getError().getCode())
                    .put("message", step.getError().getMessage());
            putIfPresent(error, "phase", step.getError().getPhase());
            setIfPresent(error, "details", Json.lenient(step.getError().getDetails()));
        }
    }

    /** Times of the finished phases, and what they computed in all. */
    public void addTimings(ObjectNode json, Step step) {
        ArrayNode timings = json.putArray("timings");
        long compute = 0;
        for (PhaseTiming timing : step.getTimingsList()) {
            timings.addObject()
                    .put("phase", timing.getPhase())
                    .put("round", timing.getRound())
                    .put("started_at", timing.getStartedAtMs())
                    .put("ended_at", timing.getEndedAtMs())
                    .put("duration_ms", timing.getEndedAtMs() - timing.getStartedAtMs())
                    .put("compute_ms", timing.getComputeMs());
            compute += timing.getComputeMs();
        }
        json.put("compute_ms", compute);
    }

    static ObjectNode milestone(Milestone milestone, boolean committed) {
        ObjectNode json = Json.object()
                .put("version", milestone.version())
                .put("status", milestone.status())
                .put("phase", milestone.phase())
                .put("progress", milestone.progress())
                .put("message", milestone.message())
                .put("committed", committed);
        putIfPresent(json, "created_at", Json.time(milestone.timeMillis()));
        return json;
    }

    private static void putIfPresent(ObjectNode json, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            json.put(name, value);
        }
    }

    private static void setIfPresent(ObjectNode json, String name, JsonNode value) {
        if (!value.isMissingNode() && !value.isNull()) {
            json.set(name, value);
        }
    }
}
