package io.millrace.engine.simulation;

import io.millrace.engine.fixture.MySqlRow;
import io.millrace.schemas.task.CampaignId;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.v1.EventRecord;
import io.millrace.schemas.v1.TaskSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the read model has made of the committed events. */
final class MySql {
    private final Map<String, List<EventRecord>> full = new HashMap<>();
    private final Map<String, EventRecord> last = new HashMap<>();
    private final List<EventRecord> ended = new ArrayList<>();

    void committed(EventRecord event) {
        EventType type = EventType.ofWireName(event.getType());
        if (CampaignId.isCampaignId(event.getTaskId())) {
            return;
        }
        if (type == EventType.DELETED) {
            full.remove(event.getTaskId());
            last.remove(event.getTaskId());
            return;
        }
        last.put(event.getTaskId(), event);
        if (type.terminal()) {
            full.computeIfAbsent(event.getTaskId(), id -> new ArrayList<>()).add(event);
            ended.add(event);
        }
    }

    /** The ends of the task, oldest first; none once it was deleted. */
    List<EventRecord> full(String taskId) {
        return full.getOrDefault(taskId, List.of());
    }

    List<EventRecord> ended() {
        return ended;
    }

    /** The row as it was when the task had ended so; the newest row bears the version of the newest event. */
    TaskSnapshot row(String taskId, EventRecord end) {
        TaskSnapshot row = MySqlRow.of(end);
        List<EventRecord> ends = full(taskId);
        EventRecord newest = last.getOrDefault(taskId, end);
        boolean stale = ends.isEmpty() || ends.get(ends.size() - 1) != end;
        boolean same = EventType.ofWireName(newest.getType()) == EventType.SNAPSHOT;
        return stale || !same
                ? row
                : row.toBuilder()
                        .setVersion(newest.getVersion())
                        .setStep(MySqlRow.parse(newest.getData()).path("step").asInt())
                        .build();
    }
}
