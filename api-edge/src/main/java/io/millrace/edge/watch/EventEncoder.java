package io.millrace.edge.watch;

import io.millrace.edge.Json;
import io.millrace.edge.campaign.CampaignJson;
import io.millrace.edge.live.LiveEvent;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.task.Prospects;
import io.millrace.edge.task.QueueJson;
import io.millrace.edge.task.TaskJson;
import io.millrace.schemas.v1.Step;
import io.millrace.schemas.v1.Tick;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one event body of every transport: {@code event, cursor}, and for events about a task {@code task_id, status, phase, progress,
 * message, details, queue_position, queue, estimates, estimated_remaining_seconds, attempt, step, version, time, timings, result, error}, as far as the event has them.
 * {@code time} is in milliseconds since 1970.
 */
@Component
final class EventEncoder {
    private final TaskJson json;
    private final Prospects prospects;

    EventEncoder(TaskJson json, Prospects prospects) {
        this.json = json;
        this.prospects = prospects;
    }

    byte[] encode(LiveEvent event) {
        ObjectNode body = Json.object()
                .put("event", event.name())
                .put("cursor", event.place().text());
        LiveEvent.Content content = event.content();
        if (content instanceof LiveEvent.StepTaken taken) {
            step(body, taken.view());
        } else if (content instanceof LiveEvent.Created created) {
            ids(body, created.view());
            json.addState(body, created.view());
            body.put("time", created.view().timeMillis());
        } else if (content instanceof LiveEvent.Moved moved) {
            moved(body, moved);
        } else if (content instanceof LiveEvent.Logged logged) {
            logged(body, event, logged);
        } else if (content instanceof LiveEvent.Committed committed) {
            ids(body, committed.view());
            json.addState(body, committed.view());
            body.put("time", committed.view().timeMillis());
        } else if (content instanceof LiveEvent.Deleted deleted) {
            ids(body, deleted.view());
            json.addState(body, deleted.view());
            body.put("time", deleted.view().timeMillis());
        } else if (content instanceof LiveEvent.Placed placed) {
            ids(body, placed.view());
            json.addState(body, placed.view());
            QueueJson.add(body, placed.standing(), placed.timeMillis());
            body.put("time", placed.timeMillis());
        } else if (content instanceof LiveEvent.CampaignCounted counted) {
            body.setAll(CampaignJson.of(counted.view()));
        } else if (content instanceof LiveEvent.CampaignShown shown) {
            body.setAll(CampaignJson.of(shown.view()));
        } else if (content instanceof LiveEvent.Skipped skipped) {
            body.put("from", skipped.from().text())
                    .put("to", event.place().text())
                    .put("skipped", skipped.skipped())
                    .put("reason", skipped.reason());
        } else if (content instanceof LiveEvent.TaskShown shown) {
            shown(body, shown);
        } else if (content instanceof LiveEvent.TasksShown shown) {
            ArrayNode tasks = body.putArray("tasks");
            shown.tasks().forEach(view -> tasks.add(json.summary(view)));
        }
        return Json.bytes(body);
    }

    private static void ids(ObjectNode body, TaskView view) {
        body.put("task_id", view.taskId()).put("user_id", view.userId());
        if (!view.campaignId().isEmpty()) {
            body.put("campaign_id", view.campaignId());
        }
        if (!view.step().getCustomId().isEmpty()) {
            body.put("custom_id", view.step().getCustomId());
        }
        body.put("type", view.step().getType());
    }

    private void step(ObjectNode body, TaskView view) {
        Step step = view.step();
        ids(body, view);
        json.addState(body, view);
        prospects.add(body, view);
        body.put("time", view.timeMillis());
        if (view.ended()) {
            json.addOutcome(body, step);
            if (!step.getCancelReason().isEmpty()) {
                body.put("cancel_reason", step.getCancelReason());
            }
        }
        json.addTimings(body, step);
    }

    private void moved(ObjectNode body, LiveEvent.Moved moved) {
        TaskView view = moved.view();
        ids(body, view);
        body.put("status", view.step().getStatus())
                .put("phase", view.step().getPhase())
                .put("progress", moved.progress())
                .put("message", messageOf(moved.tick(), view.step()))
                .put("phase_progress", Math.round(moved.tick().getFraction() * 1_000) / 1_000.0)
                .put("attempt", view.attempt())
                .put("step", view.number())
                .put("version", view.step().getVersion())
                .put("time", moved.timeMillis());
        prospects.add(body, view);
    }

    private static String messageOf(Tick tick, Step step) {
        return tick.getMessage().isEmpty() ? step.getMessage() : tick.getMessage();
    }

    private static void logged(ObjectNode body, LiveEvent event, LiveEvent.Logged logged) {
        body.put("task_id", event.taskId())
                .put("user_id", event.userId())
                .put("phase", logged.tick().getPhase())
                .put("level", logged.tick().getLevel())
                .put("message", logged.tick().getMessage())
                .put("attempt", logged.attempt())
                .put("step", logged.step())
                .put("time", logged.timeMillis());
    }

    /** A snapshot is what the newest step says, with the bar where the newest tick put it. */
    private void shown(ObjectNode body, LiveEvent.TaskShown shown) {
        step(body, shown.view());
        LiveEvent last = shown.lastMovement();
        if (last != null && last.content() instanceof LiveEvent.Moved moved) {
            body.put("progress", moved.progress())
                    .put("message", messageOf(moved.tick(), shown.view().step()));
        }
    }
}
