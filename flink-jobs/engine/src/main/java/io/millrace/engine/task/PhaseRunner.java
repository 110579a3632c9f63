package io.millrace.engine.task;

import com.google.protobuf.ByteString;
import io.millrace.engine.Effect;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.v1.BatchMessage;
import io.millrace.schemas.v1.DropItem;
import io.millrace.schemas.v1.ItemFailure;
import io.millrace.schemas.v1.ItemReply;
import io.millrace.schemas.v1.ItemResult;
import io.millrace.schemas.v1.PhaseResult;
import io.millrace.schemas.v1.PhaseTiming;
import io.millrace.schemas.v1.TaskError;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.v1.Timer;
import io.millrace.schemas.workflow.Phase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Takes a task that holds its slot from phase to phase. */
final class PhaseRunner {
    static final String GUARD = "guard";
    static final String RETRY = "retry";

    private final TaskLimits limits;
    private final TaskEnding ending;

    PhaseRunner(TaskLimits limits, TaskEnding ending) {
        this.limits = limits;
        this.ending = ending;
    }

    /** The task got its slot. */
    void start(TaskDraft draft) {
        draft.moveTo(TaskStatus.PROCESSING);
        if (draft.state.getStartedAtMs() == 0) {
            draft.state.setStartedAtMs(draft.now());
        }
        int first = runnable(draft, Math.max(0, draft.state.getPhaseIndex()));
        enter(draft, first);
        TaskReports.started(draft);
        send(draft);
    }

    /** An answer about an item; one of an earlier attempt, phase, round or try changes nothing. */
    void onItem(TaskDraft draft, ItemReply reply) {
        TaskState.Builder state = draft.state;
        boolean current = draft.status() == TaskStatus.PROCESSING
                && reply.getAttempt() == state.getAttempt()
                && reply.getRound() == state.getRound()
                && reply.getPhase().equals(phase(draft).name());
        // A result is good whichever try made it; a failure counts only for the try that is waited for.
        if (!current || (reply.hasFailure() && reply.getTries() != state.getTries())) {
            draft.add(new Effect.Count("stale_replies", 1));
            return;
        }
        if (reply.hasResult()) {
            onResult(draft, reply.getResult());
            return;
        }
        onFailure(draft, reply.getFailure());
    }

    /** @return whether the timer was the one that is armed */
    boolean onTimer(TaskDraft draft, Timer timer) {
        TaskState.Builder state = draft.state;
        if (timer.getId() != state.getTimer()) {
            return false;
        }
        state.setTimer(0);
        if (timer.getKind().equals(RETRY)) {
            send(draft);
            return true;
        }
        boolean heldUp = timer.getEpoch() != draft.moment.epoch()
                || draft.now() - timer.getDueAtMs() > limits.lateTimer().toMillis();
        if (heldUp && !state.getTimerRearmed()) {
            // The job was down or stalled, not necessarily the item: give it its full time once more.
            armGuard(draft);
            state.setTimerRearmed(true).setOutageSinceMs(0);
            return true;
        }
        drop(draft);
        onFailure(
                draft,
                // Whatever held it up, it was not the item: one that takes too long to compute is answered TIMEOUT.
                ItemFailure.newBuilder()
                        .setCode(ErrorCode.EXPIRED.name())
                        .setRetryable(true)
                        .setMessage("no answer within " + phase(draft).timeout().toSeconds() + " s")
                        .build());
        return true;
    }

    /** Nobody waits for the item under way any more: forget it where it gathers, and stop it where it runs. */
    void abandon(TaskDraft draft) {
        draft.disarm();
        drop(draft);
        draft.add(new Effect.StopComputing(io.millrace.schemas.v1.Cancellation.newBuilder()
                .setTaskId(draft.taskId)
                .setPhase(phase(draft).name())
                .setAttempt(draft.state.getAttempt())
                .setTimeMs(draft.now())
                .build()));
    }

    private void onResult(TaskDraft draft, ItemResult result) {
        TaskState.Builder state = draft.state;
        Phase phase = phase(draft);
        if (result.getOutput().size() > limits.maxOutputBytes()) {
            fail(
                    draft,
                    ErrorCode.MODEL_ERROR,
                    "the output has " + result.getOutput().size() + " bytes, more than " + limits.maxOutputBytes()
                            + ": large things belong into artifacts",
                    ByteString.EMPTY);
            return;
        }
        draft.disarm();
        PhaseTiming timing = PhaseTiming.newBuilder()
                .setPhase(phase.name())
                .setStartedAtMs(state.getPhaseStartedAtMs())
                .setEndedAtMs(draft.now())
                .setRound(state.getRound())
                .setComputeMs(result.getComputeMs())
                .build();
        state.addTimings(timing).setComputeMs(state.getComputeMs() + result.getComputeMs());
        keep(state, phase, result);
        int next = next(draft, phase, result.getFactsMap());
        if (next == draft.workflow.phases().size()) {
            ending.complete(draft, result.getOutput());
            return;
        }
        enter(draft, next);
        TaskReports.phaseCompleted(draft, timing, result.getFactsMap());
        send(draft);
    }

    /** Index of the phase to run next, the number of phases when none is left. Going back forgets what will be made anew. */
    private int next(TaskDraft draft, Phase phase, Map<String, String> facts) {
        TaskState.Builder state = draft.state;
        int index = state.getPhaseIndex();
        Phase.Repeat repeat = phase.flow().repeat();
        String target = repeat == null ? "" : facts.getOrDefault(repeat.fact(), "");
        if (repeat != null && repeat.allowed().contains(target)) {
            OptionalInt back = draft.workflow.indexOf(target);
            if (back.isPresent()) {
                state.setRound(state.getRound() + 1);
                forget(draft, back.getAsInt(), index);
                return runnable(draft, back.getAsInt());
            }
        }
        return runnable(draft, index + 1);
    }

    private void onFailure(TaskDraft draft, ItemFailure failure) {
        TaskState.Builder state = draft.state;
        draft.disarm();
        Phase phase = phase(draft);
        ErrorCode code = code(failure.getCode());
        state.setAlone(failure.getWholeBatch());
        if (!failure.getRetryable() || !code.retryable()) {
            fail(draft, code, failure.getMessage(), failure.getDetails());
            return;
        }
        if (outage(code)) {
            // Not the item's fault: it costs time, not tries.
            if (state.getOutageSinceMs() == 0) {
                state.setOutageSinceMs(draft.now());
            }
            if (draft.now() - state.getOutageSinceMs() > limits.outage().toMillis()) {
                fail(
                        draft,
                        code,
                        failure.getMessage() + " (for " + limits.outage().toMinutes() + " min)",
                        failure.getDetails());
                return;
            }
        } else {
            state.setOutageSinceMs(0).setFaults(state.getFaults() + 1);
            if (state.getFaults() >= phase.retry().maxAttempts()) {
                fail(draft, code, failure.getMessage() + " (" + state.getFaults() + " tries)", failure.getDetails());
                return;
            }
        }
        int exponent = outage(code) ? Backoff.OUTAGE_EXPONENT : state.getFaults() - 1;
        state.setTries(state.getTries() + 1).setTimerRearmed(false);
        draft.add(new Effect.Count("retries", 1));
        draft.arm(
                RETRY,
                Backoff.delay(phase.retry().backoff(), exponent, draft.taskId.hashCode() + state.getTimersUsed()));
    }

    private void fail(TaskDraft draft, ErrorCode code, String message, ByteString details) {
        drop(draft);
        ending.fail(
                draft,
                TaskError.newBuilder()
                        .setCode(code.name())
                        .setMessage(message)
                        .setPhase(phase(draft).name())
                        .setDetails(details)
                        .build());
    }

    private void enter(TaskDraft draft, int index) {
        TaskState.Builder state = draft.state;
        state.setPhaseIndex(index)
                .setPhaseStartedAtMs(draft.now())
                .setProgress(Math.max(
                        state.getProgress(), draft.workflow.phase(index).mark()))
                .setTries(1)
                .setFaults(0)
                .setTimerRearmed(false)
                .setOutageSinceMs(0)
                .setAlone(false);
    }

    private void send(TaskDraft draft) {
        draft.add(new Effect.ToBatcher(
                java.util.Objects.requireNonNull(phase(draft).function()),
                BatchMessage.newBuilder().setItem(PhaseItems.item(draft)).build()));
        armGuard(draft);
    }

    private void armGuard(TaskDraft draft) {
        draft.arm(GUARD, phase(draft).timeout().plus(limits.guard()));
    }

    private void drop(TaskDraft draft) {
        draft.add(new Effect.ToBatcher(
                java.util.Objects.requireNonNull(phase(draft).function()),
                BatchMessage.newBuilder()
                        .setDrop(DropItem.newBuilder().setTaskId(draft.taskId).setAttempt(draft.state.getAttempt()))
                        .build()));
    }

    private static Phase phase(TaskDraft draft) {
        return draft.workflow.phase(draft.state.getPhaseIndex());
    }

    /** First phase from the place on whose condition holds. */
    private static int runnable(TaskDraft draft, int from) {
        List<Phase> phases = draft.workflow.phases();
        int index = from;
        while (index < phases.size() && !runs(draft.state, phases.get(index))) {
            index++;
        }
        return index;
    }

    private static boolean runs(TaskState.Builder state, Phase phase) {
        Phase.Repeat repeat = phase.flow().repeat();
        if (repeat != null && state.getRound() >= repeat.max()) {
            return false;
        }
        Phase.Condition when = phase.flow().when();
        return when == null || when.equalTo().equals(fact(state, when));
    }

    private static @Nullable String fact(TaskState.Builder state, Phase.Condition when) {
        for (PhaseResult result : state.getResultsList()) {
            if (result.getPhase().equals(when.phase())) {
                return result.getFactsMap().get(when.fact());
            }
        }
        return null;
    }

    private static void keep(TaskState.Builder state, Phase phase, ItemResult result) {
        forget(state, phase.name());
        state.addResults(PhaseResult.newBuilder()
                .setPhase(phase.name())
                .setRound(state.getRound())
                .setOutput(result.getOutput())
                .putAllFacts(new HashMap<>(result.getFactsMap())));
    }

    private static void forget(TaskDraft draft, int from, int to) {
        for (int i = from; i < to; i++) {
            forget(draft.state, draft.workflow.phase(i).name());
        }
    }

    private static void forget(TaskState.Builder state, String phase) {
        for (int i = state.getResultsCount() - 1; i >= 0; i--) {
            if (state.getResults(i).getPhase().equals(phase)) {
                state.removeResults(i);
            }
        }
    }

    private static boolean outage(ErrorCode code) {
        return code == ErrorCode.UNAVAILABLE || code == ErrorCode.BUSY || code == ErrorCode.EXPIRED;
    }

    private static ErrorCode code(String name) {
        try {
            return ErrorCode.valueOf(name);
        } catch (IllegalArgumentException e) {
            return ErrorCode.INTERNAL;
        }
    }
}
