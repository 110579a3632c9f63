package io.millrace.edge.live;

import com.google.protobuf.ByteString;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.Tick;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Something subscribers are told. Its body is encoded at most once, on the first thread that needs it. */
public final class LiveEvent {
    /** What an event carries. */
    public sealed interface Content {}

    /** A task was accepted; the orchestrator has not seen it yet. */
    public record Created(TaskView view) implements Content {}

    /** A durable step. */
    public record StepTaken(TaskView view) implements Content {}

    /**
     * Movement inside a phase.
     *
     * @param progress where the bar stands, 0 to 100
     */
    public record Moved(TaskView view, Tick tick, int progress, long timeMillis) implements Content {}

    /** A line of the task's log. */
    public record Logged(int attempt, int step, Tick tick, long timeMillis) implements Content {}

    /** What a task is when a stream of it begins. */
    public record TaskShown(TaskView view, @Nullable LiveEvent lastMovement) implements Content {}

    /** The tasks of a user that have not ended, when a stream of theirs begins; newest first. */
    public record TasksShown(List<TaskView> tasks) implements Content {
        public TasksShown {
            tasks = List.copyOf(tasks);
        }
    }

    /** Counts of a campaign. */
    public record CampaignCounted(CampaignView view) implements Content {}

    /** What a campaign is when a stream of it begins. */
    public record CampaignShown(CampaignView view) implements Content {}

    /** Where a task waits, and what that means for its start and end. */
    public record Placed(TaskView view, Standing standing, long timeMillis) implements Content {}

    /** The end of a task has been committed. */
    public record Committed(TaskView view) implements Content {}

    /** Its owner has deleted an ended task: nothing comes after it. */
    public record Deleted(TaskView view) implements Content {}

    /**
     * Events that were left out.
     *
     * @param from everything after this place was left out
     * @param skipped how many, 0 when not known
     * @param reason {@code slow_consumer}, {@code retention}, {@code too_far_back}, {@code unavailable} or {@code unknown_cursor}
     */
    public record Skipped(Place from, int skipped, String reason) implements Content {}

    private final Place place;
    private final String taskId;
    private final String userId;
    private final Content content;
    private byte @Nullable [] body;

    public LiveEvent(Place place, String taskId, String userId, Content content) {
        this.place = place;
        this.taskId = taskId;
        this.userId = userId;
        this.content = content;
    }

    public static LiveEvent gap(Place from, Place to, int skipped, String reason) {
        return new LiveEvent(to, "", "", new Skipped(from, skipped, reason));
    }

    /** A step as it stands in a record, whoever asks for it. */
    public static LiveEvent ofStep(Place place, TaskView view) {
        // A delete is a step of the end's own status: it must not pass for a second end.
        Content content = view.deleted() ? new Deleted(view.light()) : new StepTaken(view);
        return new LiveEvent(place, view.taskId(), view.userId(), content);
    }

    static LiveEvent ofCampaign(Place place, CampaignView view) {
        return new LiveEvent(place, view.id(), view.userId(), new CampaignCounted(view));
    }

    /** What a record says by itself, if it is one that subscribers are told: a step or a line of the log. */
    public static Optional<LiveEvent> ofRecord(LogRecord record) {
        Progress progress = record.progress();
        if (progress.hasStepTaken()) {
            return Optional.of(ofStep(record.place(), TaskTrack.viewOf(record, ByteString.EMPTY)));
        }
        if (progress.hasTick() && !progress.getTick().getLevel().isEmpty()) {
            Logged line =
                    new Logged(progress.getAttempt(), progress.getStep(), progress.getTick(), progress.getTimeMs());
            return Optional.of(new LiveEvent(record.place(), progress.getTaskId(), progress.getUserId(), line));
        }
        if (progress.hasCampaign()) {
            return Optional.of(ofCampaign(record.place(), CampaignBook.viewOf(progress)));
        }
        return Optional.empty();
    }

    public Place place() {
        return place;
    }

    public String taskId() {
        return taskId;
    }

    public String userId() {
        return userId;
    }

    public Content content() {
        return content;
    }

    /** {@code task_created, snapshot, progress, log, complete, error, campaign, campaign_complete, gap, deleted} or {@code done}. */
    public String name() {
        if (content instanceof StepTaken taken) {
            return nameOf(taken.view().status());
        }
        if (content instanceof Moved || content instanceof Placed) {
            return "progress";
        }
        if (content instanceof Created) {
            return "task_created";
        }
        if (content instanceof CampaignCounted counted) {
            return counted.view().ended() ? "campaign_complete" : "campaign";
        }
        if (content instanceof Logged) {
            return "log";
        }
        if (content instanceof Skipped) {
            return "gap";
        }
        if (content instanceof Deleted) {
            return "deleted";
        }
        return content instanceof Committed ? "done" : "snapshot";
    }

    private static String nameOf(TaskStatus status) {
        return switch (status) {
            case COMPLETED, PARTIAL_FAILURE -> "complete";
            case FAILED, CANCELLED -> "error";
            case PENDING, QUEUED, PROCESSING, PAUSED -> "progress";
        };
    }

    /** Whether only the newest of its kind matters. */
    public boolean conflates() {
        return content instanceof Moved || content instanceof Placed;
    }

    /** Whether it has no record of its own in its partition: its place is that of whatever was delivered before it. */
    public boolean hasNoRecord() {
        return content instanceof Placed || content instanceof Created;
    }

    /** The same at another place. */
    public LiveEvent at(Place other) {
        return new LiveEvent(other, taskId, userId, content);
    }

    /** Whether a task's own stream ends with it. */
    public boolean isLast() {
        return content instanceof Committed || content instanceof Deleted;
    }

    /** The campaign it says something about: its counts, or a step of one of its tasks; empty when none. */
    public String campaignId() {
        if (content instanceof StepTaken taken) {
            return taken.view().campaignId();
        }
        return content instanceof CampaignCounted ? taskId : "";
    }

    /** Whether it must reach every subscriber: the end of a task, and its commit. */
    public boolean mustArrive() {
        return content instanceof Committed
                || (content instanceof CampaignCounted counted && counted.view().ended())
                || (content instanceof StepTaken taken && taken.view().ended());
    }

    /** The encoded body; the first caller encodes it. */
    public synchronized byte[] body(Function<LiveEvent, byte[]> encoder) {
        byte[] known = body;
        if (known == null) {
            known = encoder.apply(this);
            body = known;
        }
        return known;
    }

    long weight() {
        return content instanceof StepTaken taken ? 2 * taken.view().weight() : 512;
    }
}
