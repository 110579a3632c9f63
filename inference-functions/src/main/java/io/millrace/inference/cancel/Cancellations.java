package io.millrace.inference.cancel;

import java.util.LinkedHashMap;
import java.util.Map;

/** The highest cancelled attempt of each task; forgets the task that was cancelled longest ago when full. */
public final class Cancellations {
    private final int maxTasks;
    private final Map<String, Integer> attempts = new LinkedHashMap<>();

    public Cancellations(int maxTasks) {
        this.maxTasks = maxTasks;
    }

    /** Notes that this attempt and all before it are cancelled. */
    public synchronized void note(String taskId, int attempt) {
        // Taking it out first moves the task to the young end of the insertion order.
        Integer known = attempts.remove(taskId);
        attempts.put(taskId, known == null ? attempt : Math.max(known, attempt));
        if (attempts.size() > maxTasks) {
            attempts.remove(attempts.keySet().iterator().next());
        }
    }

    public synchronized boolean covers(String taskId, int attempt) {
        Integer cancelled = attempts.get(taskId);
        return cancelled != null && attempt <= cancelled;
    }

    /** Tasks known at the moment. */
    public synchronized int size() {
        return attempts.size();
    }
}
