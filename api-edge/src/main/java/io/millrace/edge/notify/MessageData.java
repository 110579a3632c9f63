package io.millrace.edge.notify;

import io.millrace.edge.Json;
import io.millrace.edge.live.TaskView;
import io.millrace.edge.task.Prospects;
import io.millrace.edge.task.TaskJson;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code data} of messages: {@code status, phase, progress, message, result_image_url, elapsed_time} (seconds since the start),
 * {@code estimated_remaining_seconds, queue_position, error_message, updated_at}; what is not known is left out.
 */
@Component
final class MessageData {
    /** Where results of the task types have their picture, the best first. */
    private static final List<String> PICTURES =
            List.of("/result/preview", "/result/url", "/result/images/0/url", "/result/image");

    private final TaskJson json;
    private final Prospects prospects;
    private final Clock clock;

    MessageData(TaskJson json, Prospects prospects, Clock clock) {
        this.json = json;
        this.prospects = prospects;
        this.clock = clock;
    }

    ObjectNode of(TaskView view) {
        return of(view, view.step().getProgress(), view.step().getMessage(), view.timeMillis());
    }

    /**
     * @param progress 0 to 100, where the newest movement put the bar
     * @param timeMillis of what is told, milliseconds since 1970
     */
    ObjectNode of(TaskView view, int progress, String message, long timeMillis) {
        ObjectNode data = Json.object()
                .put("type", view.step().getType())
                .put("status", view.step().getStatus())
                .put("phase", view.step().getPhase())
                .put("progress", progress)
                .put("message", message);
        long started = view.step().getStartedAtMs();
        if (started > 0) {
            long until = view.ended() ? Math.max(view.step().getCompletedAtMs(), started) : clock.millis();
            data.put("elapsed_time", Math.max(0, until - started) / 1000.0);
        }
        if (view.ended()) {
            outcome(data, view);
        } else {
            prospects.add(data, view);
        }
        return data.put("updated_at", Json.time(timeMillis));
    }

    private void outcome(ObjectNode data, TaskView view) {
        ObjectNode outcome = Json.object();
        json.addOutcome(outcome, view.step());
        for (String place : PICTURES) {
            JsonNode picture = outcome.at(place);
            if (picture.isString()) {
                data.set("result_image_url", picture);
                break;
            }
        }
        if (outcome.has("error")) {
            data.set("error_message", outcome.at("/error/message"));
            data.set("error_code", outcome.at("/error/code"));
        } else if (!view.step().getCancelReason().isEmpty()) {
            data.put("error_message", view.step().getCancelReason());
        }
    }
}
