package io.millrace.edge.campaign;

import io.millrace.edge.Json;
import io.millrace.edge.live.CampaignView;
import io.millrace.schemas.v1.CampaignStep;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Campaigns as JSON; times are RFC 3339 in UTC, {@code rate} is rows that end in a second. */
public final class CampaignJson {
    private CampaignJson() {}

    public static ObjectNode of(CampaignView view) {
        CampaignStep step = view.step();
        ObjectNode json = Json.object()
                .put("id", view.id())
                .put("campaign_id", view.id())
                .put("user_id", view.userId())
                .put("name", step.getName())
                .put("type", step.getType())
                .put("status", view.status())
                .put("total", step.getTotal())
                .put("completed", step.getCompleted())
                .put("partial_failure", step.getPartialFailure())
                .put("failed", step.getFailed())
                .put("cancelled", step.getCancelled())
                .put("open", view.open())
                .put("version", step.getVersion())
                .put("compute_ms", step.getComputeMs());
        if (step.getTotal() > 0) {
            json.put("progress", 100 * (step.getTotal() - view.open()) / step.getTotal());
        }
        if (step.getRate() > 0) {
            json.put("rate", Math.round(step.getRate() * 100) / 100.0);
        }
        put(json, "estimated_end", Json.time(step.getEstimatedEndMs()));
        put(json, "created_at", Json.time(step.getCreatedAtMs()));
        put(json, "completed_at", Json.time(step.getCompletedAtMs()));
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
