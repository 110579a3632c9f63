package io.millrace.edge.notify;

import io.millrace.edge.Json;
import io.millrace.edge.live.LiveEvent;
import io.millrace.edge.live.LiveEvent.Content;
import io.millrace.edge.live.TaskView;
import io.millrace.schemas.v1.Tick;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events as messages {@code {id, type, task_id, timestamp, data}}. The id of a message is the cursor of its event, so that the last id seen
 * is where to go on; the messages that stand for one snapshot have one id in common.
 */
@Component
final class Messages {
    private final MessageData data;

    Messages(MessageData data) {
        this.data = data;
    }

    /** A message about an event, and whether it must be acknowledged. */
    record Message(String id, String taskId, boolean mustArrive, byte[] body) {}

    /** For all tasks of a user: {@code task_created, task_update, task_complete, task_failed, task_deleted, task_log, gap}. */
    List<Message> of(LiveEvent event) {
        Content content = event.content();
        if (content instanceof LiveEvent.TasksShown shown) {
            List<Message> all = new ArrayList<>();
            shown.tasks().forEach(view -> all.add(message(event, view.taskId(), "task_update", data.of(view))));
            return all;
        }
        if (content instanceof LiveEvent.StepTaken taken) {
            return List.of(message(event, event.taskId(), typeOf(taken.view()), data.of(taken.view())));
        }
        if (content instanceof LiveEvent.Created created) {
            return List.of(message(event, event.taskId(), "task_created", data.of(created.view())));
        }
        if (content instanceof LiveEvent.Deleted deleted) {
            return List.of(message(event, event.taskId(), "task_deleted", data.of(deleted.view())));
        }
        return moved(event, "task_update", "task_log");
    }

    /** For the socket of one task: {@code progress, complete, error, gap}; its log is not told there. */
    List<Message> ofTask(LiveEvent event) {
        Content content = event.content();
        if (content instanceof LiveEvent.TaskShown shown) {
            return List.of(message(event, event.taskId(), "progress", data.of(shown.view())));
        }
        if (content instanceof LiveEvent.StepTaken taken) {
            return List.of(message(event, event.taskId(), event.name(), data.of(taken.view())));
        }
        return content instanceof LiveEvent.Logged ? List.of() : moved(event, "progress", "");
    }

    private List<Message> moved(LiveEvent event, String update, String log) {
        Content content = event.content();
        if (content instanceof LiveEvent.Moved moved) {
            TaskView view = moved.view();
            String text = moved.tick().getMessage().isEmpty()
                    ? view.step().getMessage()
                    : moved.tick().getMessage();
            return List.of(
                    message(event, event.taskId(), update, data.of(view, moved.progress(), text, moved.timeMillis())));
        }
        if (content instanceof LiveEvent.Placed placed) {
            return List.of(message(event, event.taskId(), update, data.of(placed.view())));
        }
        if (content instanceof LiveEvent.Logged logged) {
            return List.of(message(event, event.taskId(), log, line(logged)));
        }
        if (content instanceof LiveEvent.Skipped skipped) {
            ObjectNode gap = Json.object()
                    .put("from", skipped.from().text())
                    .put("to", event.place().text())
                    .put("skipped", skipped.skipped())
                    .put("reason", skipped.reason());
            return List.of(message(event, "", "gap", gap));
        }
        // What was committed changes nothing that was told.
        return List.of();
    }

    private static ObjectNode line(LiveEvent.Logged logged) {
        Tick tick = logged.tick();
        return Json.object()
                .put("level", tick.getLevel())
                .put("phase", tick.getPhase())
                .put("message", tick.getMessage())
                .put("updated_at", Json.time(logged.timeMillis()));
    }

    private static String typeOf(TaskView view) {
        return switch (view.status()) {
            case COMPLETED, PARTIAL_FAILURE -> "task_complete";
            case FAILED, CANCELLED -> "task_failed";
            case PENDING -> "task_created";
            case QUEUED -> view.number() <= 1 ? "task_created" : "task_update";
            case PROCESSING, PAUSED -> "task_update";
        };
    }

    private static Message message(LiveEvent event, String taskId, String type, ObjectNode data) {
        String id = event.place().text();
        ObjectNode body = Json.object().put("id", id).put("type", type);
        if (!taskId.isEmpty()) {
            body.put("task_id", taskId);
        }
        body.set("timestamp", data.path("updated_at"));
        body.set("data", data);
        return new Message(id, taskId, event.mustArrive(), Json.bytes(body));
    }
}
