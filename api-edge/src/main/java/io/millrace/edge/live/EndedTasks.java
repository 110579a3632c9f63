package io.millrace.edge.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Which tasks may leave memory, oldest first, and what is remembered of those that left. */
final class EndedTasks {
    private final LiveLimits limits;
    private final LinkedHashMap<String, Long> weights = new LinkedHashMap<>();
    private final LinkedHashMap<String, Integer> retiredSteps = new LinkedHashMap<>();
    private final LinkedHashMap<String, Long> committedVersions = new LinkedHashMap<>();
    private long weight;

    EndedTasks(LiveLimits limits) {
        this.limits = limits;
    }

    void add(String taskId, long bytes) {
        remove(taskId);
        weights.put(taskId, bytes);
        weight += bytes;
    }

    void remove(String taskId) {
        Long bytes = weights.remove(taskId);
        if (bytes != null) {
            weight -= bytes;
        }
    }

    /** Those beyond the bounds of number and bytes. */
    List<String> due() {
        List<String> due = new ArrayList<>();
        long bytes = weight;
        int count = weights.size();
        for (Map.Entry<String, Long> entry : weights.entrySet()) {
            if (count <= limits.maxEnded() && bytes <= limits.maxEndedBytes()) {
                break;
            }
            due.add(entry.getKey());
            bytes -= entry.getValue();
            count--;
        }
        return due;
    }

    List<String> oldestFirst() {
        return List.copyOf(weights.keySet());
    }

    void retire(String taskId, int lastStep) {
        remember(retiredSteps, taskId, lastStep);
    }

    /** Whether the task has left memory after this step or a later one. */
    boolean knowsStep(String taskId, int step) {
        Integer last = retiredSteps.get(taskId);
        return last != null && step <= last;
    }

    void noteCommitted(String taskId, long version) {
        remember(committedVersions, taskId, version);
    }

    OptionalLong committedVersion(String taskId) {
        Long version = committedVersions.get(taskId);
        return version == null ? OptionalLong.empty() : OptionalLong.of(version);
    }

    private <V> void remember(Map<String, V> map, String key, V value) {
        map.remove(key);
        map.put(key, value);
        if (map.size() > limits.maxRetired()) {
            map.remove(map.keySet().iterator().next());
        }
    }
}
