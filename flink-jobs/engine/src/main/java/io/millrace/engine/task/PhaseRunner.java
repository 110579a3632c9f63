package io.millrace.engine.task;

import com.google.protobuf.ByteString;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.v1.ItemReply;
import io.millrace.schemas.v1.ItemResult;
import io.millrace.schemas.v1.PhaseResult;
import io.millrace.schemas.v1.PhaseTiming;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.v1.Timer;
import java.util.Optional;

/** Takes a task that holds its slot from phase to phase. */
final class PhaseRunner {
    private final TaskLimits limits;
    private final TaskEnding ending;
    private final PhaseTries tries;
    private final FanOut fanOut;

    PhaseRunner(TaskLimits limits, TaskEnding ending) {
        this.limits = limits;
        this.ending = ending;
        this.tries = new PhaseTries(limits, ending);
        this.fanOut = new FanOut(limits, tries);
    }

    /** The task got its slot. */
    void start(TaskDraft draft) {
        draft.moveTo(TaskStatus.PROCESSING);
        TaskState.Builder state = draft.state;
        if (state.getStartedAtMs() == 0) {
            Deadlines.started(draft);
            state.setStartedAtMs(draft.now());
        }
        enter(draft, PhaseFlow.runnable(draft.workflow, state, Math.max(0, state.getPhaseIndex())));
        TaskReports.started(draft);
        begin(draft);
    }

    /** Whether the reply is about what is waited for; one of an earlier attempt, phase, round or try is stale. */
    static boolean wants(TaskDraft draft, ItemReply reply) {
        TaskState.Builder state = draft.state;
        boolean current = draft.status() == TaskStatus.PROCESSING
                && reply.getAttempt() == state.getAttempt()
                && reply.getRound() == state.getRound()
                && reply.getPhase().equals(draft.phase().name());
        if (!current || forEach(draft)) {
            return current && FanOut.wants(state, reply);
        }
        // A result is good whichever try made it; anything else counts only for the try that is waited for.
        return reply.hasResult() || reply.getTries() == state.getTries();
    }

    /** An answer about an item that is waited for. */
    void onItem(TaskDraft draft, ItemReply reply) {
        draft.log(reply.getLinesList());
        if (reply.getItem() > 0) {
            fanOut.onItem(draft, reply).ifPresent(result -> finish(draft, result));
            return;
        }
        switch (reply.getOutcomeCase()) {
            case RESULT -> onResult(draft, reply.getResult());
            case FAILURE -> tries.onFailure(draft, reply.getFailure());
            case ACCEPTED -> tries.lease(draft, reply.getAccepted().getLeaseMs());
            case OUTCOME_NOT_SET ->
                throw new IllegalArgumentException(
                        "task " + draft.taskId + ": a reply about " + reply.getPhase() + " without an outcome");
        }
    }

    /** What the phase made, by a function or a worker. */
    void onResult(TaskDraft draft, ItemResult result) {
        if (result.getOutput().size() > limits.maxOutputBytes()) {
            tries.fail(
                    draft,
                    ErrorCode.MODEL_ERROR,
                    "the output has " + result.getOutput().size() + " bytes, more than " + limits.maxOutputBytes()
                            + ": large things belong into artifacts",
                    ByteString.EMPTY);
            return;
        }
        draft.disarm();
        PhaseResult made = PhaseResult.newBuilder()
                .setPhase(draft.phase().name())
                .setRound(draft.state.getRound())
                .setInputHash(draft.state.getPhaseInputHash())
                .setOutput(result.getOutput())
                .setOutputHash(PhaseItems.sha256(result.getOutput()))
                .putAllFacts(result.getFactsMap())
                .build();
        finish(draft, made, result.getComputeMs(), result.getBatchSize());
    }

    void onTimer(TaskDraft draft, Timer timer) {
        if (timer.getKind().equals(FanOut.ITEMS)) {
            fanOut.onTimer(draft, timer).ifPresent(result -> finish(draft, result));
        } else {
            tries.onTimer(draft, timer);
        }
    }

    PhaseTries tries() {
        return tries;
    }

    private static boolean forEach(TaskDraft draft) {
        return draft.phase().flow().forEach() != null;
    }

    private void finish(TaskDraft draft, PhaseResult result) {
        long compute = FanOutItems.computeMillis(draft.state);
        draft.state.clearItems();
        finish(draft, result, compute, 0);
    }

    private void finish(TaskDraft draft, PhaseResult result, long computeMillis, int batchSize) {
        TaskState.Builder state = draft.state;
        PhaseTiming timing = PhaseTiming.newBuilder()
                .setPhase(result.getPhase())
                .setStartedAtMs(state.getPhaseStartedAtMs())
                .setEndedAtMs(draft.now())
                .setRound(state.getRound())
                .setComputeMs(computeMillis)
                .setBatchSize(batchSize)
                .build();
        state.addTimings(timing).setComputeMs(state.getComputeMs() + computeMillis);
        PhaseFlow.keep(state, result);
        int next = PhaseFlow.next(draft, result.getFactsMap());
        if (next == draft.workflow.phases().size()) {
            ending.complete(draft, result.getOutput());
            return;
        }
        enter(draft, next);
        TaskReports.phaseCompleted(draft, timing, result.getFactsMap());
        if (state.getPauseRequested()) {
            Pauses.pauseNow(draft);
            return;
        }
        begin(draft);
    }

    private void begin(TaskDraft draft) {
        TaskState.Builder state = draft.state;
        if (state.getReusableCount() > 0) {
            Optional<PhaseResult> before = Reuse.of(state, draft.phase());
            if (before.isPresent()) {
                state.addReusedPhases(draft.phase().name());
                finish(
                        draft,
                        before.get().toBuilder().setRound(state.getRound()).build(),
                        0,
                        0);
                return;
            }
        }
        if (forEach(draft)) {
            fanOut.begin(draft).ifPresent(result -> finish(draft, result));
            return;
        }
        tries.send(draft);
    }

    private static void enter(TaskDraft draft, int index) {
        TaskState.Builder state = draft.state;
        state.setPhaseIndex(index)
                .setPhaseStartedAtMs(draft.now())
                .setProgress(Math.max(
                        state.getProgress(), draft.workflow.phase(index).mark()))
                .setTries(1)
                .setFaults(0)
                .setTimerRearmed(false)
                .setOutageSinceMs(0)
                .setAlone(false)
                .clearShownPhase()
                .clearShownMessage();
    }
}
