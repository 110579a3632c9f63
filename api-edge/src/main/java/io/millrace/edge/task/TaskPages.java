package io.millrace.edge.task;

import io.millrace.edge.Json;
import io.millrace.edge.page.Query;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.task.TaskStatus;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Pages of tasks as answers: {@code tasks[], next_cursor, complete}. */
@Component
public final class TaskPages {
    private final TaskList list;
    private final TaskJson json;

    TaskPages(TaskList list, TaskJson json) {
        this.list = list;
        this.json = json;
    }

    /**
     * A page, newest id first.
     *
     * @param userId null: everybody's
     * @param cursor {@code next_cursor} of the page before; null: the first page
     */
    public Mono<ObjectNode> page(@Nullable String userId, TaskFilter filter, @Nullable String cursor, int size) {
        return list.page(userId, filter, cursor, size).map(this::json);
    }

    private ObjectNode json(TaskList.Page page) {
        ObjectNode data = Json.object();
        ArrayNode tasks = data.putArray("tasks");
        page.tasks().forEach(view -> tasks.add(json.summary(view)));
        data.put("next_cursor", page.next());
        data.put("complete", page.complete());
        return data;
    }

    /** The statuses by their wire names. */
    public static List<String> statuses() {
        return Arrays.stream(TaskStatus.values()).map(TaskStatus::wireName).toList();
    }

    /** The parameter {@code cursor} of such a list; null on the first page. */
    public static @Nullable String cursor(Query query) {
        String cursor = query.value("cursor");
        if (cursor != null && !TaskId.isTaskId(cursor)) {
            query.complain("cursor", "is not a cursor of this list", "Send next_cursor of the page before.");
        }
        return cursor;
    }
}
