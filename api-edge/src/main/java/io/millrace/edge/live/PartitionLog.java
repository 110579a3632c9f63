package io.millrace.edge.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What was shown of one partition: its end, the newest events themselves, and which older offsets were shown. */
final class PartitionLog {
    private final int partition;
    private final LiveLimits limits;
    private final ShownOffsets shownOffsets;
    private final ArrayDeque<LiveEvent> recent = new ArrayDeque<>();
    private final ArrayDeque<LiveEvent> dones = new ArrayDeque<>();
    private long recentWeight;
    private Place recentFrom;
    private Place end;

    PartitionLog(int partition, LiveLimits limits) {
        this.partition = partition;
        this.limits = limits;
        this.shownOffsets = new ShownOffsets(limits.maxOffsetChunks());
        this.end = Place.of(partition, -1, 0);
        this.recentFrom = end;
    }

    /** The log is followed from here on. */
    void beginAt(long offset) {
        if (shownOffsets.start() < 0) {
            shownOffsets.beginAt(offset);
            end = Place.of(partition, offset - 1, 0);
            recentFrom = end;
        }
    }

    /** Moves the end behind the record. @return false when it was applied before */
    boolean advance(LogRecord record) {
        beginAt(record.place().offset());
        if (record.place().offset() <= end.offset()) {
            return false;
        }
        long epoch = Math.max(record.place().cursor().epoch(), end.cursor().epoch());
        end = Place.of(partition, record.place().offset(), epoch);
        return true;
    }

    void shown(LiveEvent event) {
        shownOffsets.add(event.place().offset());
        remember(event);
    }

    /** Gives a {@code done} its place behind everything so far. */
    Place nextDone() {
        end = new Place(end.cursor(), end.done() + 1);
        return end;
    }

    /** Keeps a {@code done}: it has no record of its own that a replay could read. */
    void done(LiveEvent event) {
        dones.addLast(event);
        if (dones.size() > limits.maxDones()) {
            dones.removeFirst();
        }
        remember(event);
    }

    List<LiveEvent> dones(Place after, Place upTo) {
        return dones.stream()
                .filter(event -> event.place().after(after) && !event.place().after(upTo))
                .toList();
    }

    private void remember(LiveEvent event) {
        recent.addLast(event);
        recentWeight += event.weight();
        while (recent.size() > limits.maxRecentEvents()
                || (recentWeight > limits.maxRecentBytes() && recent.size() > 1)) {
            LiveEvent oldest = recent.removeFirst();
            recentWeight -= oldest.weight();
            recentFrom = oldest.place();
        }
    }

    /** Events after the place, in order; empty when they reach back further than what is kept in memory. */
    Optional<List<LiveEvent>> since(Place after, Predicate<LiveEvent> wanted) {
        if (recentFrom.after(after)) {
            return Optional.empty();
        }
        List<LiveEvent> events = new ArrayList<>();
        for (LiveEvent event : recent) {
            if (event.place().after(after) && wanted.test(event)) {
                events.add(event);
            }
        }
        return Optional.of(events);
    }

    Place end() {
        return end;
    }

    /** First offset whose fate is known; -1 when nothing was read. */
    long start() {
        return shownOffsets.start();
    }

    boolean wasShown(long offset) {
        return shownOffsets.contains(offset);
    }
}
