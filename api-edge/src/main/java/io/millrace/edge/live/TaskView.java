package io.millrace.edge.live;

import com.google.protobuf.ByteString;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.v1.Step;

/**
 * A task as it is after one of its steps.
 *
 * @param taskId the task
 * @param userId its tenant
 * @param campaignId its campaign, empty when none
 * @param attempt its fence, from 1; 0 before the first step
 * @param number of the step, from 1; 0 for a task that was accepted and not yet seen by the orchestrator
 * @param step the state after the step
 * @param inputParams parameters as one JSON object, empty when not known here
 * @param timeMillis when the step was taken, milliseconds since 1970
 */
public record TaskView(
        String taskId,
        String userId,
        String campaignId,
        int attempt,
        int number,
        Step step,
        ByteString inputParams,
        long timeMillis) {

    public TaskStatus status() {
        return TaskStatus.ofWireName(step.getStatus());
    }

    public boolean ended() {
        return status().terminal();
    }

    /** By its owner; the row goes with the next commit. */
    public boolean deleted() {
        return step.getDeleted();
    }

    /** Whether this shows a later state than the other view of the same task. */
    public boolean newerThan(TaskView other) {
        return number != other.number ? number > other.number : step.getVersion() > other.step.getVersion();
    }

    /** The same without parameters, result, details and timings: what a {@code done} needs. */
    TaskView light() {
        Step plain =
                step.toBuilder().clearResult().clearDetails().clearTimings().build();
        return new TaskView(taskId, userId, campaignId, attempt, number, plain, ByteString.EMPTY, timeMillis);
    }

    /** Bytes it holds on to, roughly. */
    long weight() {
        return 512L + step.getSerializedSize() + inputParams.size();
    }
}
