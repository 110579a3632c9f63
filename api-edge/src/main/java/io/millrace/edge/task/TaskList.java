package io.millrace.edge.task;

import io.millrace.edge.live.TaskView;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.watch.Hub;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Lists of tasks: pages of the read model with the live view laid over them, newest id first. */
@Component
final class TaskList {
    private static final int MAX_ROUNDS = 5;

    private final Hub hub;
    private final TaskStore store;

    TaskList(Hub hub, TaskStore store) {
        this.hub = hub;
        this.store = store;
    }

    /**
     * A page.
     *
     * @param next id to go on below; null on the last page
     * @param complete false while the database is down: then only live tasks are listed
     */
    record Page(List<TaskView> tasks, @Nullable String next, boolean complete) {}

    /**
     * Tasks of a user with ids below one.
     *
     * @param userId null: everybody's
     * @param before null: from the newest
     */
    Mono<Page> page(@Nullable String userId, TaskFilter filter, @Nullable String before, int limit) {
        return gather(userId, filter, before, limit, new ArrayList<>(), MAX_ROUNDS)
                .onErrorResume(Problem.class, down -> liveOnly(userId, filter, before, limit, down));
    }

    /** Rows that the live view has overtaken may drop out of the filter; then the next stretch of rows is read. */
    private Mono<Page> gather(
            @Nullable String userId,
            TaskFilter filter,
            @Nullable String before,
            int limit,
            List<TaskView> found,
            int rounds) {
        return store.page(userId, filter, before, limit + 1).flatMap(rows -> {
            boolean more = rows.size() > limit;
            String lowest = more ? rows.get(limit - 1).taskId() : null;
            List<TaskView> page = more ? rows.subList(0, limit) : rows;
            found.addAll(merged(page, hub.tasksOf(userId), filter, before, lowest));
            if (found.size() > limit) {
                return Mono.just(
                        new Page(found.subList(0, limit), found.get(limit - 1).taskId(), true));
            }
            if (!more || found.size() == limit || rounds == 1) {
                return Mono.just(new Page(found, more ? lowest : null, true));
            }
            return gather(userId, filter, lowest, limit, found, rounds - 1);
        });
    }

    /**
     * Lays live tasks over rows.
     *
     * @param before only ids below this one; null: all
     * @param lowest only ids from this one up; null: all
     */
    static List<TaskView> merged(
            List<TaskView> rows,
            List<TaskView> live,
            TaskFilter filter,
            @Nullable String before,
            @Nullable String lowest) {
        Map<String, TaskView> byId = new TreeMap<>(Comparator.reverseOrder());
        rows.forEach(row -> byId.put(row.taskId(), row));
        Set<String> found = Set.copyOf(byId.keySet());
        for (TaskView view : live) {
            boolean inside = (before == null || view.taskId().compareTo(before) < 0)
                    && (lowest == null || view.taskId().compareTo(lowest) >= 0);
            if (inside) {
                byId.merge(view.taskId(), view, TaskReader::newest);
            }
        }
        return byId.values().stream()
                .filter(view -> !view.deleted() && filter.matches(view, found.contains(view.taskId())))
                .toList();
    }

    private Mono<Page> liveOnly(
            @Nullable String userId, TaskFilter filter, @Nullable String before, int limit, Problem down) {
        List<TaskView> all = merged(List.of(), hub.tasksOf(userId), filter, before, null);
        if (all.isEmpty()) {
            return Mono.error(down);
        }
        boolean more = all.size() > limit;
        List<TaskView> page = more ? all.subList(0, limit) : all;
        return Mono.just(new Page(page, more ? page.get(limit - 1).taskId() : null, false));
    }
}
