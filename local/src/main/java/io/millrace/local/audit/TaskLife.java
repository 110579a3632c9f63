package io.millrace.local.audit;

import io.millrace.schemas.topic.EventType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The events of one task by version, and what is wrong with them. */
final class TaskLife {
    /** @param hash of the bytes, to tell a repeat from another event */
    private record Mark(String type, int hash) {}

    private final String task;
    private final TreeMap<Long, Mark> events = new TreeMap<>();
    private final List<Finding> duplicates = new ArrayList<>();
    private boolean ended;
    private boolean deleted;

    TaskLife(String task) {
        this.task = task;
    }

    String task() {
        return task;
    }

    void add(long version, String type, byte[] value) {
        Mark mark = new Mark(type, Arrays.hashCode(value));
        Mark before = events.putIfAbsent(version, mark);
        if (before != null) {
            String what = before.equals(mark) ? "the same record twice" : before.type() + " and " + type;
            duplicates.add(new Finding(FindingKind.DUPLICATE, task, "version " + version + ": " + what));
        }
    }

    long first() {
        return events.firstKey();
    }

    long last() {
        return events.lastKey();
    }

    /** Known after {@link #findings}. */
    boolean ended() {
        return ended;
    }

    /** Known after {@link #findings}. */
    boolean deleted() {
        return deleted;
    }

    /**
     * @param headMayBeGone whether retention may have taken the first events: what is missing before the first is then no gap
     * @return what is wrong, and a gap for each stretch of versions that no later snapshot covers
     */
    List<Finding> findings(boolean headMayBeGone) {
        List<Finding> findings = new ArrayList<>(duplicates);
        ended = false;
        deleted = false;
        long covered = lastSnapshot();
        long expected = headMayBeGone ? first() : 1;
        for (Map.Entry<Long, Mark> event : events.entrySet()) {
            long version = event.getKey();
            boolean hole = version > expected;
            if (hole && version > covered) {
                String gap = "versions " + expected + " to " + (version - 1) + " are missing";
                findings.add(new Finding(FindingKind.GAP, task, gap));
            }
            live(event.getValue().type(), version, hole, findings);
            expected = version + 1;
        }
        return findings;
    }

    /** @param hole whether events are missing before this one, of which any may have begun another life */
    private void live(String type, long version, boolean hole, List<Finding> findings) {
        boolean terminal = is(type, EventType::terminal);
        if (ended && !hole) {
            if (terminal) {
                findings.add(new Finding(FindingKind.TWO_ENDS, task, "version " + version + ": " + type));
            } else if (!mayFollowAnEnd(type)) {
                findings.add(new Finding(FindingKind.AFTER_END, task, "version " + version + ": " + type));
            }
        }
        if (terminal) {
            ended = true;
        } else if (!type.equals(EventType.SNAPSHOT.wireName()) && !type.equals(EventType.DELETED.wireName())) {
            ended = false;
        }
        deleted |= type.equals(EventType.DELETED.wireName());
    }

    private static boolean mayFollowAnEnd(String type) {
        return type.equals(EventType.RECOVERED.wireName())
                || type.equals(EventType.SNAPSHOT.wireName())
                || type.equals(EventType.DELETED.wireName());
    }

    private long lastSnapshot() {
        return events.entrySet().stream()
                .filter(event -> event.getValue().type().equals(EventType.SNAPSHOT.wireName()))
                .mapToLong(Map.Entry::getKey)
                .max()
                .orElse(0);
    }

    private static boolean is(String type, Predicate<EventType> what) {
        return Arrays.stream(EventType.values())
                .anyMatch(known -> known.wireName().equals(type) && what.test(known));
    }
}
