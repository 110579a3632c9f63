package io.millrace.readmodel.row;

import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The row of a campaign: counts as its newest event has them. */
final class CampaignMapper {
    private static final List<String> COUNTS = List.of("total", "completed", "partial_failure", "failed", "cancelled");

    private CampaignMapper() {}

    static Row row(Fields fields) throws UnreadableEvent {
        Map<String, @Nullable Object> values = new HashMap<>();
        LocalDateTime completed = fields.optionalTime("completed_at");
        values.put("id", fields.text("campaign_id"));
        values.put("user_id", fields.text("user_id"));
        values.put("name", fields.optionalText("name"));
        values.put("type", fields.text("type"));
        values.put("version", fields.version());
        for (String count : COUNTS) {
            values.put(count, fields.integer(count, 0));
        }
        values.put("status", completed == null ? "processing" : "completed");
        values.put("created_at", fields.time("created_at"));
        values.put("completed_at", completed);
        Long compute = fields.optionalNumber("compute_ms");
        values.put("compute_ms", compute == null ? 0L : compute);
        values.put("updated_at", fields.time("time"));
        return Row.of(Table.CAMPAIGNS, values);
    }
}
