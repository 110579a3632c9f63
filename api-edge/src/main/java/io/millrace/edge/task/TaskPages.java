package io.millrace.edge.task;

import io.millrace.edge.Json;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.task.TaskStatus;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Pages of tasks as answers: {@code tasks[], next_cursor, complete}. */
@Component
public final class TaskPages {
    private static final int MAX_PAGE = 200;

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
        if (cursor != null && !TaskId.isTaskId(cursor)) {
            throw Problem.invalid("cursor", "is not a cursor of this list", "Send next_cursor of the page before.");
        }
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

    /** A status by its wire name, or null. @throws Problem 400 when there is no such status */
    public static @Nullable String knownStatus(@Nullable String status) {
        boolean known = status == null
                || Arrays.stream(TaskStatus.values())
                        .anyMatch(value -> value.wireName().equals(status));
        if (!known) {
            String all =
                    Arrays.stream(TaskStatus.values()).map(TaskStatus::wireName).collect(Collectors.joining(", "));
            throw Problem.invalid("status", "is not a status", "Send one of " + all + ".");
        }
        return status;
    }

    /** A page size of 1 to 200. */
    public static int size(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_PAGE) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one complaint for both kinds of wrong.
        }
        throw Problem.invalid("limit", "is not a page size", "Send a whole number from 1 to " + MAX_PAGE + ".");
    }
}
