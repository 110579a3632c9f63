package io.millrace.edge.live;

import io.millrace.schemas.v1.LaneHead;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.QueueHead;
import io.millrace.schemas.v1.QueuePlace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The newest heads of the lanes and who waits in them. */
final class LaneBook {
    private record Head(LaneHead lane, long number, long epoch) {}

    /** Work of one head on those who wait, in tasks times queues: beyond it they take turns from head to head. */
    private static final long MAX_WORK = 200_000;

    /** Someone who waits. */
    private static final class Waiting {
        private QueuePlace place;
        private int attempt;
        private @Nullable Standing told;
        private @Nullable Standing first;
        private long firstMillis;

        Waiting(QueuePlace place, int attempt) {
            this.place = place;
            this.attempt = attempt;
        }
    }

    private final Map<String, Head> heads = new HashMap<>();
    private final Map<String, Map<String, Waiting>> byLane = new HashMap<>();
    private final Map<String, String> laneOf = new HashMap<>();
    private final Consumer<EstimateOutcome> outcomes;

    LaneBook(Consumer<EstimateOutcome> outcomes) {
        this.outcomes = outcomes;
    }

    /** A task has a place in a queue. */
    void enqueued(Progress progress) {
        String taskId = progress.getTaskId();
        QueuePlace place = progress.getQueued();
        Waiting known = waiting(taskId);
        if (known != null && progress.getAttempt() < known.attempt) {
            return;
        }
        left(taskId);
        laneOf.put(taskId, place.getLane());
        byLane.computeIfAbsent(place.getLane(), lane -> new LinkedHashMap<>())
                .put(taskId, new Waiting(place, progress.getAttempt()));
    }

    /** A lane says where it stands. @return whether it is news */
    boolean head(Progress progress) {
        LaneHead lane = progress.getLane();
        Head known = heads.get(lane.getLane());
        if (known != null && progress.getEpoch() < known.epoch) {
            return false;
        }
        heads.put(lane.getLane(), new Head(lane, known == null ? 0 : known.number + 1, progress.getEpoch()));
        return true;
    }

    /** The task began: how good was the estimate it was given first? */
    void began(String taskId, long startedMillis) {
        Waiting waiting = waiting(taskId);
        Standing first = waiting == null ? null : waiting.first;
        if (waiting != null && first != null && first.estimate() != null && startedMillis >= waiting.firstMillis) {
            Standing.Range start = first.estimate().start();
            outcomes.accept(new EstimateOutcome(
                    first.lane(),
                    startedMillis - waiting.firstMillis,
                    startedMillis - start.p50(),
                    startedMillis <= start.p90()));
        }
        left(taskId);
    }

    /** The task waits no more. */
    void left(String taskId) {
        String lane = laneOf.remove(taskId);
        Map<String, Waiting> those = lane == null ? null : byLane.get(lane);
        if (those != null && those.remove(taskId) != null && those.isEmpty()) {
            byLane.remove(lane);
        }
    }

    /** The tasks of a lane whose standing has changed by more than a step since they were told; they count as told. */
    Map<String, Standing> news(String lane, long nowMillis) {
        Map<String, Standing> news = new LinkedHashMap<>();
        Head head = heads.get(lane);
        if (head == null) {
            return news;
        }
        HoldTimes holds = HoldTimes.of(head.lane);
        Map<String, Waiting> all = byLane.getOrDefault(lane, Map.of());
        long shares = 1 + (long) all.size() * Math.max(1, head.lane.getQueuesCount()) / MAX_WORK;
        long turn = head.number % shares;
        all.forEach((taskId, waiting) -> {
            if (Math.floorMod(taskId.hashCode(), shares) != turn) {
                return;
            }
            Standing now = standing(head.lane, holds, waiting.place, nowMillis);
            if (waiting.told == null || now.differsFrom(waiting.told, nowMillis)) {
                tell(waiting, now, nowMillis);
                news.put(taskId, now);
            }
        });
        return news;
    }

    /** Where a task stands that has just come; it counts as told. */
    Optional<Standing> newcomer(String taskId, long nowMillis) {
        Waiting waiting = waiting(taskId);
        Optional<Standing> standing = standing(taskId, nowMillis);
        if (waiting != null && standing.isPresent()) {
            tell(waiting, standing.get(), nowMillis);
        }
        return standing;
    }

    private static void tell(Waiting waiting, Standing standing, long nowMillis) {
        waiting.told = standing;
        if (waiting.first == null && standing.estimate() != null) {
            waiting.first = standing;
            waiting.firstMillis = nowMillis;
        }
    }

    /** Where the task waits, as far as its lane has said. */
    Optional<Standing> standing(String taskId, long nowMillis) {
        Waiting waiting = waiting(taskId);
        Head head = waiting == null ? null : heads.get(waiting.place.getLane());
        return waiting == null || head == null
                ? Optional.empty()
                : Optional.of(standing(head.lane, HoldTimes.of(head.lane), waiting.place, nowMillis));
    }

    /** When a task of this lane that runs since a time will end. */
    Optional<Standing.Estimate> running(String lane, long startedMillis, long nowMillis) {
        Head head = heads.get(lane);
        HoldTimes holds = head == null ? null : HoldTimes.of(head.lane);
        return holds == null || !holds.known()
                ? Optional.empty()
                : Optional.of(holds.running(startedMillis, nowMillis));
    }

    List<LaneHead> heads() {
        List<LaneHead> lanes = new ArrayList<>();
        heads.values().forEach(head -> lanes.add(head.lane));
        return lanes;
    }

    private @Nullable Waiting waiting(String taskId) {
        String lane = laneOf.get(taskId);
        return lane == null ? null : byLane.getOrDefault(lane, Map.of()).get(taskId);
    }

    private static Standing standing(LaneHead head, HoldTimes holds, QueuePlace place, long nowMillis) {
        QueueHead own = null;
        long higher = 0;
        for (QueueHead queue : head.getQueuesList()) {
            if (queue.getPriority() > place.getPriority()) {
                higher += queue.getWaiting();
            } else if (isOwn(queue, place)) {
                own = queue;
            }
        }
        long ownPosition = own == null ? 1 : position(place, own);
        int weight = own == null ? 1 : Math.max(1, own.getWeight());
        long position = ownPosition + higher + turnsOfOthers(head, place, ownPosition, weight);
        int free = Math.max(0, head.getLimit() - head.getRunning());
        Standing.Estimate estimate = holds.known() ? holds.waiting(position, head.getLimit(), free, nowMillis) : null;
        return new Standing(place.getLane(), ownPosition, position, head.getWaiting(), estimate);
    }

    /** From 1; at most that of the entry, for which of those in its queue were withdrawn since it came is not known. */
    private static long position(QueuePlace place, QueueHead own) {
        long withdrawnBefore = Math.max(0, place.getWithdrawn() - own.getDeclined());
        long byOrdinal = place.getOrdinal() - own.getTaken() - withdrawnBefore;
        long cameSince = Math.max(0, place.getOrdinal() - own.getAdded());
        return Math.max(1, Math.min(byOrdinal, own.getWaiting() + cameSince));
    }

    /** Others of the same priority take a turn each time we do, by their weight, as long as they have somebody waiting. */
    private static long turnsOfOthers(LaneHead head, QueuePlace place, long ownPosition, int weight) {
        long turns = 0;
        for (QueueHead queue : head.getQueuesList()) {
            if (queue.getPriority() == place.getPriority() && !isOwn(queue, place)) {
                long share = Math.max(1, queue.getWeight());
                turns += Math.min(queue.getWaiting(), (ownPosition * share + weight - 1) / weight);
            }
        }
        return turns;
    }

    private static boolean isOwn(QueueHead queue, QueuePlace place) {
        return queue.getPriority() == place.getPriority() && queue.getTenant().equals(place.getTenant());
    }
}
