package io.millrace.edge.live;

import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.v1.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Turns what lanes say into what those who wait are told. */
final class QueueNews {
    /** Heads and submits that are long past are not told, as while a log is read from its beginning. */
    static final long FRESH_MILLIS = 10_000;

    private static final int MAX_EARLY = 10_000;

    private final LaneBook lanes;
    /** Places that came before the step they belong to: lanes and tasks write side by side. The oldest makes room. */
    private final Map<String, Progress> early = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Progress> eldest) {
            return size() > MAX_EARLY;
        }
    };

    private final Function<String, @Nullable TaskTrack> tasks;
    private final IntFunction<Place> ends;

    /** @param ends where each partition has been read to: news have no record of their own in it */
    QueueNews(LaneBook lanes, Function<String, @Nullable TaskTrack> tasks, IntFunction<Place> ends) {
        this.lanes = lanes;
        this.tasks = tasks;
        this.ends = ends;
    }

    List<LiveEvent> queued(Progress progress, long nowMillis) {
        TaskTrack track = tasks.apply(progress.getTaskId());
        if (track == null || track.mayWaitNext(progress.getAttempt())) {
            early.put(progress.getTaskId(), progress);
            return List.of();
        }
        if (!track.waits(progress.getAttempt())) {
            return List.of();
        }
        lanes.enqueued(progress);
        if (nowMillis - progress.getTimeMs() > FRESH_MILLIS) {
            return List.of();
        }
        return lanes.newcomer(progress.getTaskId(), nowMillis)
                .map(standing -> List.of(event(track, standing, nowMillis)))
                .orElse(List.of());
    }

    List<LiveEvent> lane(Progress progress, long nowMillis) {
        List<LiveEvent> events = new ArrayList<>();
        boolean fresh = nowMillis - progress.getTimeMs() <= FRESH_MILLIS;
        if (lanes.head(progress) && fresh) {
            lanes.news(progress.getLane().getLane(), nowMillis).forEach((taskId, standing) -> {
                TaskTrack track = tasks.apply(taskId);
                if (track != null) {
                    events.add(event(track, standing, nowMillis));
                }
            });
        }
        return events;
    }

    private LiveEvent event(TaskTrack track, Standing standing, long nowMillis) {
        TaskView view = track.view();
        Place place = ends.apply(track.place().partition());
        return new LiveEvent(
                place, view.taskId(), view.userId(), new LiveEvent.Placed(view.light(), standing, nowMillis));
    }

    /** A task has taken a step. */
    void stepped(TaskTrack track) {
        TaskView view = track.view();
        if (track.waits(view.attempt())) {
            Progress place = early.remove(view.taskId());
            if (place != null && place.getAttempt() == view.attempt()) {
                lanes.enqueued(place);
            }
            return;
        }
        if (view.status() == TaskStatus.PROCESSING) {
            lanes.began(view.taskId(), view.timeMillis());
        } else {
            lanes.left(view.taskId());
        }
    }
}
