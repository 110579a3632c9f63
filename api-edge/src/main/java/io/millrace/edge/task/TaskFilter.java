package io.millrace.edge.task;

import io.millrace.edge.live.TaskView;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks a list shows.
 *
 * @param status wire name; null: any
 * @param type canonical type; null: any
 * @param campaignId rows of this campaign; null: any
 */
public record TaskFilter(
        @Nullable String status,
        @Nullable String type,
        @Nullable String campaignId) {
    /** Of any campaign and none. */
    public TaskFilter(@Nullable String status, @Nullable String type) {
        this(status, type, null);
    }

    boolean matches(TaskView view) {
        boolean statusMatches = status == null || status.equals(view.step().getStatus());
        boolean campaignMatches = campaignId == null || campaignId.equals(view.campaignId());
        return statusMatches
                && campaignMatches
                && (type == null || type.equals(view.step().getType()));
    }
}
