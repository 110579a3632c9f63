package io.millrace.engine.task;

import com.google.protobuf.ByteString;
import io.millrace.engine.Effect;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.BatchMessage;
import io.millrace.schemas.v1.Cancellation;
import io.millrace.schemas.v1.DropItem;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemFailure;
import io.millrace.schemas.v1.TaskError;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.v1.Timer;
import io.millrace.schemas.workflow.Phase;
import java.time.Duration;
import java.util.Objects;

/** Tries of a phase that is one item: sent, guarded, failed, tried again; or leased to a worker. */
final class PhaseTries {
    static final String GUARD = "guard";
    static final String RETRY = "retry";
    static final String LEASE = "lease";

    private final TaskLimits limits;
    private final TaskEnding ending;

    PhaseTries(TaskLimits limits, TaskEnding ending) {
        this.limits = limits;
        this.ending = ending;
    }

    /** Begins a try. Where no function is called, a worker is waited for. */
    void send(TaskDraft draft) {
        Phase phase = draft.phase();
        InferenceItem item = PhaseItems.item(draft);
        if (phase.function() == null) {
            armLease(draft, 0);
            return;
        }
        draft.add(new Effect.ToBatcher(
                phase.function(), BatchMessage.newBuilder().setItem(item).build()));
        armGuard(draft);
    }

    /**
     * Somebody works on the phase under a lease; a lease that is renewed is the definition's again. Whatever kept the phase from
     * being computed before is over: the time of the work does not count as an outage.
     */
    void lease(TaskDraft draft, long wishedMillis) {
        if (draft.phase().flow().external() == null) {
            onFailure(
                    draft,
                    ItemFailure.newBuilder()
                            .setCode(ErrorCode.MODEL_ERROR.name())
                            .setMessage("the function accepted, but its phase is not external")
                            .build());
            return;
        }
        draft.state.setOutageSinceMs(0);
        armLease(draft, wishedMillis);
    }

    void onTimer(TaskDraft draft, Timer timer) {
        TaskState.Builder state = draft.state;
        boolean late = late(draft, timer, limits);
        if (timer.getKind().equals(RETRY)) {
            if (late) {
                draft.outagesBeginNow();
            }
            send(draft);
            return;
        }
        boolean leased = timer.getKind().equals(LEASE);
        if (late && !state.getTimerRearmed()) {
            // The job was down or stalled, not necessarily the item: give it its full time once more.
            if (leased) {
                lease(draft, 0);
            } else {
                armGuard(draft);
            }
            state.setTimerRearmed(true).setOutageSinceMs(0);
            return;
        }
        drop(draft);
        if (leased) {
            onFailure(draft, failure(ErrorCode.TIMEOUT, "the worker was silent for longer than its lease"));
            return;
        }
        // Whatever held it up, it was not the item: one that takes too long to compute is answered TIMEOUT.
        onFailure(
                draft,
                failure(
                        ErrorCode.EXPIRED,
                        "no answer within " + draft.phase().timeout().toSeconds() + " s"));
    }

    void onFailure(TaskDraft draft, ItemFailure failure) {
        TaskState.Builder state = draft.state;
        draft.disarm();
        Phase.Retry retry = draft.phase().retry();
        Faults faults = Faults.judge(failure, retry, state.getFaults(), state.getOutageSinceMs(), limits, draft.now());
        if (faults.over()) {
            fail(draft, faults.code(), faults.message(), failure.getDetails());
            return;
        }
        state.setAlone(failure.getWholeBatch())
                .setFaults(faults.faults())
                .setOutageSinceMs(faults.outageSinceMs())
                .setTries(state.getTries() + 1)
                .setTimerRearmed(false);
        draft.add(new Effect.Count("retries", 1));
        draft.arm(RETRY, faults.pause(retry, draft.taskId.hashCode() + state.getTimersUsed()));
    }

    /** Ends the task because its phase cannot be done. */
    void fail(TaskDraft draft, ErrorCode code, String message, ByteString details) {
        drop(draft);
        ending.fail(
                draft,
                TaskError.newBuilder()
                        .setCode(code.name())
                        .setMessage(message)
                        .setPhase(draft.phase().name())
                        .setDetails(details)
                        .build());
    }

    /** Nobody waits for what is under way any more: forget it where it gathers, and stop it where it runs. */
    void abandon(TaskDraft draft) {
        draft.disarm();
        drop(draft);
        draft.add(new Effect.StopComputing(Cancellation.newBuilder()
                .setTaskId(draft.taskId)
                .setPhase(draft.phase().name())
                .setAttempt(draft.state.getAttempt())
                .setTimeMs(draft.now())
                .build()));
    }

    static void drop(TaskDraft draft) {
        String function = draft.phase().function();
        if (function != null) {
            draft.add(new Effect.ToBatcher(
                    function,
                    BatchMessage.newBuilder()
                            .setDrop(DropItem.newBuilder()
                                    .setTaskId(draft.taskId)
                                    .setAttempt(draft.state.getAttempt()))
                            .build()));
        }
    }

    /** Whether a timer was held up: it fires late, or in another epoch than it was armed in. */
    static boolean late(TaskDraft draft, Timer timer, TaskLimits limits) {
        return timer.getEpoch() != draft.moment.epoch()
                || draft.now() - timer.getDueAtMs() > limits.lateTimer().toMillis();
    }

    static ItemFailure failure(ErrorCode code, String message) {
        return ItemFailure.newBuilder()
                .setCode(code.name())
                .setRetryable(true)
                .setMessage(message)
                .build();
    }

    private static void armLease(TaskDraft draft, long wishedMillis) {
        Phase.External external = Objects.requireNonNull(draft.phase().flow().external());
        long longest = external.lease().toMillis();
        draft.state.setTimerRearmed(false);
        draft.arm(LEASE, Duration.ofMillis(wishedMillis > 0 ? Math.min(wishedMillis, longest) : longest));
    }

    private void armGuard(TaskDraft draft) {
        draft.arm(GUARD, draft.phase().timeout().plus(limits.guard()));
    }
}
