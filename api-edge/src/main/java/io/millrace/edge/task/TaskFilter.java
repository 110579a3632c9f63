package io.millrace.edge.task;

import io.millrace.edge.live.TaskView;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks a list shows.
 *
 * @param status wire name; null: any
 * @param type canonical type; null: any
 */
public record TaskFilter(@Nullable String status, @Nullable String type) {
    boolean matches(TaskView view) {
        boolean statusMatches = status == null || status.equals(view.step().getStatus());
        return statusMatches && (type == null || type.equals(view.step().getType()));
    }
}
