package io.millrace.edge.live;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tasks that are known, by id and by user. */
final class Tracks {
    private final Map<String, TaskTrack> all = new HashMap<>();
    private final Map<String, TreeMap<String, TaskTrack>> byUser = new HashMap<>();

    @Nullable
    TaskTrack find(String taskId) {
        return all.get(taskId);
    }

    boolean knows(String taskId) {
        return all.containsKey(taskId);
    }

    void add(TaskTrack track) {
        TaskView view = track.view();
        all.put(view.taskId(), track);
        byUser.computeIfAbsent(view.userId(), user -> new TreeMap<>()).put(view.taskId(), track);
    }

    void remove(TaskView view) {
        all.remove(view.taskId());
        TreeMap<String, TaskTrack> own = byUser.get(view.userId());
        if (own != null && own.remove(view.taskId()) != null && own.isEmpty()) {
            byUser.remove(view.userId());
        }
    }

    /** Tasks of a user, or of everybody when null, newest id first. */
    List<TaskView> of(@Nullable String userId) {
        if (userId != null) {
            return byUser.getOrDefault(userId, new TreeMap<>()).descendingMap().values().stream()
                    .map(TaskTrack::view)
                    .toList();
        }
        return all.values().stream()
                .map(TaskTrack::view)
                .sorted(Comparator.comparing(TaskView::taskId).reversed())
                .toList();
    }

    int size() {
        return all.size();
    }
}
