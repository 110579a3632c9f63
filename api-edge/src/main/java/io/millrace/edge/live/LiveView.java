package io.millrace.edge.live;

import com.google.protobuf.ByteString;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.v1.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Every task this edge has heard of lately. Not thread safe: its owner guards it with one lock. */
public final class LiveView {
    /** Accepted submits whose first step has not come are forgotten like ended tasks. */
    private final LiveLimits limits;

    private final Tracks tasks = new Tracks();
    private final Map<Integer, PartitionLog> partitions = new HashMap<>();
    private final EndedTasks ended;
    private final LaneBook lanes;
    private final QueueNews queues;
    private final CampaignBook campaigns = new CampaignBook();

    public LiveView(LiveLimits limits) {
        this(limits, outcome -> {});
    }

    /** @param outcomes is told how good estimates were */
    public LiveView(LiveLimits limits, Consumer<EstimateOutcome> outcomes) {
        this.lanes = new LaneBook(outcomes);
        this.queues =
                new QueueNews(lanes, tasks::find, partition -> log(partition).end());
        this.limits = limits;
        this.ended = new EndedTasks(limits);
    }

    /**
     * A task as this edge knows it.
     *
     * @param place where its newest step stands
     * @param committed whether its end is committed
     * @param lastMovement newest movement inside the current phase
     * @param milestones its steps, oldest first
     */
    public record Known(
            TaskView view,
            Place place,
            boolean committed,
            @Nullable LiveEvent lastMovement,
            List<Milestone> milestones) {}

    /** The log of this partition is followed from the offset on. */
    public void beginAt(int partition, long offset) {
        log(partition).beginAt(offset);
    }

    /** The log was emptied and begins anew: everything that was known of the partition's positions is void. */
    public void reset(int partition) {
        partitions.remove(partition);
    }

    /** Applies the next record of a partition. @return what subscribers are told, in order */
    public List<LiveEvent> apply(LogRecord record, long nowMillis) {
        PartitionLog log = log(record.place().partition());
        Place before = log.end();
        if (!log.advance(record)) {
            return List.of();
        }
        return switch (record.progress().getBodyCase()) {
            case STEP_TAKEN -> step(log, record, before, nowMillis);
            case TICK -> tick(log, record, nowMillis);
            case ANSWER -> {
                forgetRefused(record.progress());
                yield List.of();
            }
            case QUEUED -> queues.queued(record.progress(), nowMillis);
            case LANE -> queues.lane(record.progress(), nowMillis);
            case CAMPAIGN -> campaign(log, record);
            case BODY_NOT_SET -> List.of();
        };
    }

    private List<LiveEvent> step(PartitionLog log, LogRecord record, Place before, long nowMillis) {
        Progress progress = record.progress();
        String taskId = progress.getTaskId();
        TaskTrack known = tasks.find(taskId);
        if (known == null && ended.knowsStep(taskId, progress.getStep())) {
            return List.of();
        }
        TaskTrack track = known == null ? newTrack(record) : known;
        if (!track.onStep(record, nowMillis)) {
            return List.of();
        }
        // Its submit, which another log brings, is still on its way here.
        List<LiveEvent> events = new ArrayList<>(
                known == null && isSubmit(track.view()) ? created(track.view(), before, nowMillis) : List.of());
        LiveEvent event = LiveEvent.ofStep(record.place(), track.view());
        log.shown(event);
        queues.stepped(track);
        if (!track.view().ended()) {
            ended.remove(taskId);
            events.add(event);
            return events;
        }
        ended.add(taskId, track.view().weight());
        events.add(event);
        ended.committedVersion(taskId).ifPresent(version -> events.addAll(commit(track, version)));
        return events;
    }

    /** The first step of a task that was submitted by itself; rows of campaigns are not told one by one. */
    private static boolean isSubmit(TaskView view) {
        return view.number() == 1
                && view.attempt() == 1
                && view.status() == TaskStatus.QUEUED
                && view.campaignId().isEmpty();
    }

    private static List<LiveEvent> created(TaskView view, Place place, long nowMillis) {
        if (nowMillis - view.timeMillis() > QueueNews.FRESH_MILLIS) {
            return List.of();
        }
        return List.of(new LiveEvent(place, view.taskId(), view.userId(), new LiveEvent.Created(view.light())));
    }

    private TaskTrack newTrack(LogRecord record) {
        TaskView nothingYet = TaskTrack.viewOf(record, ByteString.EMPTY);
        TaskTrack track = new TaskTrack(withNumber(nothingYet, 0), record.place());
        tasks.add(track);
        return track;
    }

    private List<LiveEvent> campaign(PartitionLog log, LogRecord record) {
        LiveEvent event = campaigns.apply(record);
        if (event == null) {
            return List.of();
        }
        log.shown(event);
        return List.of(event);
    }

    private List<LiveEvent> tick(PartitionLog log, LogRecord record, long nowMillis) {
        TaskTrack track = tasks.find(record.progress().getTaskId());
        LiveEvent event = track == null ? null : track.onTick(record, nowMillis);
        if (event == null) {
            return List.of();
        }
        if (!event.conflates()) {
            log.shown(event);
        }
        return List.of(event);
    }

    private void forgetRefused(Progress progress) {
        TaskTrack track = tasks.find(progress.getTaskId());
        boolean submitRefused = !progress.getAnswer().getAccepted()
                && progress.getAnswer().getCommandId().equals(submitCommandId(progress.getTaskId()));
        if (track != null && submitRefused && track.view().number() == 0) {
            forget(track.view());
        }
    }

    /** The command id of a submit: the same for every edge and every repeat. */
    public static String submitCommandId(String taskId) {
        return "submit:" + taskId;
    }

    /** The end of a task has been committed at this version. @return what subscribers are told */
    public List<LiveEvent> committed(String taskId, long version) {
        ended.noteCommitted(taskId, version);
        TaskTrack track = tasks.find(taskId);
        return track == null ? List.of() : commit(track, version);
    }

    private List<LiveEvent> commit(TaskTrack track, long version) {
        if (!track.onCommitted(version)) {
            return List.of();
        }
        PartitionLog log = log(track.place().partition());
        TaskView view = track.view().light();
        LiveEvent done = new LiveEvent(log.nextDone(), view.taskId(), view.userId(), new LiveEvent.Committed(view));
        log.done(done);
        return List.of(done);
    }

    /** A submit was accepted by the command log; shown until the first step comes. @return what subscribers are told */
    public List<LiveEvent> accepted(TaskView pending, int partition, long nowMillis) {
        if (tasks.knows(pending.taskId()) || ended.knowsStep(pending.taskId(), 1)) {
            return List.of();
        }
        Place end = log(partition).end();
        TaskTrack track = new TaskTrack(pending, end);
        tasks.add(track);
        ended.add(pending.taskId(), pending.weight());
        return created(pending, end, nowMillis);
    }

    public Optional<Known> find(String taskId) {
        TaskTrack track = tasks.find(taskId);
        return track == null
                ? Optional.empty()
                : Optional.of(new Known(
                        track.view(), track.place(), track.committed(), track.lastMovement(), track.milestones()));
    }

    /** Tasks of a user, or of everybody when null, newest id first. */
    public List<TaskView> tasksOf(@Nullable String userId) {
        return tasks.of(userId);
    }

    /** The lanes and those who wait in them, and the campaigns. */
    public Outlook outlook() {
        return new Outlook(lanes, campaigns);
    }

    /** A campaign was accepted by its log; shown until its first counts come. */
    public void accepted(CampaignView view, int partition) {
        campaigns.accepted(view, log(partition).end());
    }

    /** Where the partition's log has been read to. */
    public Place end(int partition) {
        return log(partition).end();
    }

    /** First offset that can be replayed; -1 when nothing was read yet. */
    public long start(int partition) {
        return log(partition).start();
    }

    public boolean wasShown(Place place) {
        return log(place.partition()).wasShown(place.offset());
    }

    /** Events after the place that are still in memory; empty when they reach back further. */
    public Optional<List<LiveEvent>> since(Place after, Predicate<LiveEvent> wanted) {
        return log(after.partition()).since(after, wanted);
    }

    /** The {@code done} events after one place up to and including another that are still remembered. */
    public List<LiveEvent> dones(Place after, Place end) {
        return log(after.partition()).dones(after, end);
    }

    public int size() {
        return tasks.size();
    }

    /** Lets ended tasks go that are too old or too many. */
    public void evict(long nowMillis) {
        for (String taskId : ended.due()) {
            retire(taskId);
        }
        long oldest = nowMillis - limits.endedKept().toMillis();
        for (String taskId : ended.oldestFirst()) {
            TaskTrack track = tasks.find(taskId);
            if (track != null && track.touchedMillis() > oldest) {
                return;
            }
            retire(taskId);
        }
    }

    private void retire(String taskId) {
        TaskTrack track = tasks.find(taskId);
        ended.remove(taskId);
        if (track != null) {
            ended.retire(taskId, track.view().number());
            forget(track.view());
        }
    }

    private void forget(TaskView view) {
        tasks.remove(view);
        lanes.left(view.taskId());
        ended.remove(view.taskId());
    }

    private PartitionLog log(int partition) {
        return partitions.computeIfAbsent(partition, key -> new PartitionLog(key, limits));
    }

    private static TaskView withNumber(TaskView view, int number) {
        return new TaskView(
                view.taskId(),
                view.userId(),
                view.campaignId(),
                view.attempt(),
                number,
                view.step(),
                view.inputParams(),
                view.timeMillis());
    }
}
