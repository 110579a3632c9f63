package io.millrace.engine;

import io.millrace.schemas.v1.BatchMessage;
import io.millrace.schemas.v1.BatchRequest;
import io.millrace.schemas.v1.CampaignMessage;
import io.millrace.schemas.v1.Cancellation;
import io.millrace.schemas.v1.EventRecord;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.RejectedRecord;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.v1.TombstoneMessage;
import java.time.Duration;

/** Something a decision asks the world to do. Applied after the decision as a whole has succeeded, in order. */
public sealed interface Effect {
    /** To the stateful function of a task. */
    record ToTask(String taskId, TaskMessage message) implements Effect {}

    /** To the page that keeps the tombstone of a task. */
    record ToTombstones(String taskId, TombstoneMessage message) implements Effect {}

    /** To the head of a lane. */
    record ToLane(String lane, LaneMessage message) implements Effect {}

    /** To the stateful function of a campaign. */
    record ToCampaign(String campaignId, CampaignMessage message) implements Effect {}

    /** To a page of a lane's queue. */
    record ToPage(String lane, long page, LaneMessage message) implements Effect {}

    /** To the batcher of a remote function; the shell picks the shard that lives with the sender. */
    record ToBatcher(String function, BatchMessage message) implements Effect {}

    /** A batch to a slot of the deciding batcher's remote function. */
    record CallRemote(BatchRequest request) implements Effect {}

    /** To the deciding function itself, behind the messages that already wait for it. */
    record ToSelf<M>(M message) implements Effect {}

    /** Wakes the deciding function itself later. */
    record Wake<M>(Duration delay, String token, M message) implements Effect {}

    /** Takes back a {@link Wake}; a token that has fired or was never set is ignored. */
    record CancelWake(String token) implements Effect {}

    /** To {@code tasks.progress.v1}; the epoch is stamped behind the egress. */
    record Tell(Progress progress) implements Effect {}

    /** To {@code tasks.events.v1}. */
    record Publish(EventRecord event) implements Effect {}

    /** To {@code tasks.cancellations.v1}. */
    record StopComputing(Cancellation cancellation) implements Effect {}

    /** To {@code tasks.rejected.v1}. */
    record Reject(RejectedRecord rejected) implements Effect {}

    /** Adds to a counter of the metrics table in the docs. */
    record Count(String counter, long amount) implements Effect {}

    /** What a measure of the metrics table in the docs is now, as this subtask sees it. */
    record Gauge(String gauge, long value) implements Effect {}
}
