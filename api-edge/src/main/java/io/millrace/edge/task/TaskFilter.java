package io.millrace.edge.task;

import io.millrace.edge.Json;
import io.millrace.edge.live.TaskView;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks a list shows; null: any.
 *
 * @param status wire name
 * @param type canonical type
 * @param campaignId rows of this campaign
 * @param parentId derivatives of this task
 * @param projectId tasks of this project
 * @param createdAfter created at this time or later, milliseconds since 1970
 * @param createdBefore created before this time
 * @param text holds this, whatever its case, in the prompt or the message
 */
public record TaskFilter(
        @Nullable String status,
        @Nullable String type,
        @Nullable String campaignId,
        @Nullable String parentId,
        @Nullable String projectId,
        @Nullable Long createdAfter,
        @Nullable Long createdBefore,
        @Nullable String text) {
    /** Of any campaign and none. */
    public TaskFilter(@Nullable String status, @Nullable String type) {
        this(status, type, null);
    }

    /** Tasks of a campaign. */
    public TaskFilter(@Nullable String status, @Nullable String type, @Nullable String campaignId) {
        this(status, type, campaignId, null, null, null, null, null);
    }

    /** @param found whether the database has found the text in this task: its prompt does not change, and may not be known here */
    boolean matches(TaskView view, boolean found) {
        long created = view.step().getCreatedAtMs();
        return is(status, view.step().getStatus())
                && is(type, view.step().getType())
                && is(campaignId, view.campaignId())
                && is(parentId, view.step().getParentTaskId())
                && is(projectId, view.step().getProjectId())
                && (createdAfter == null || created >= createdAfter)
                && (createdBefore == null || created < createdBefore)
                && (found || holdsText(view));
    }

    private static boolean is(@Nullable String wanted, String value) {
        return wanted == null || wanted.equals(value);
    }

    private boolean holdsText(TaskView view) {
        if (text == null) {
            return true;
        }
        String prompt = Json.lenient(view.inputParams()).path("prompt").asString("");
        return holds(view.step().getMessage(), text) || holds(prompt, text);
    }

    private static boolean holds(String whole, String part) {
        return whole.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
