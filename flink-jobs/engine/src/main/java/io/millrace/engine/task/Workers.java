package io.millrace.engine.task;

import com.google.protobuf.ByteString;
import io.millrace.engine.json.JsonSlices;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.FinishPhase;
import io.millrace.schemas.v1.ItemFailure;
import io.millrace.schemas.v1.ItemResult;
import io.millrace.schemas.v1.ReportProgress;
import io.millrace.schemas.v1.TaskFault;
import io.millrace.schemas.v1.TaskState;
import org.jspecify.annotations.Nullable;

/** What workers of external phases say. */
final class Workers {
    /** The phase name, and with -1 the percentage, by which a worker gives up. */
    private static final String FAILED = "failed";

    private static final int MAX_BAR = 99;

    private final PhaseRunner runner;

    Workers(PhaseRunner runner) {
        this.runner = runner;
    }

    /** Renews the lease and moves the bar; told only when something can be seen to have changed. */
    CommandAnswer.Builder report(TaskDraft draft, ReportProgress report) {
        String reason = mayNot(draft, report.getAttempt());
        String before = draft.state.getStatus();
        if (reason != null) {
            return Asked.refused(ErrorCode.CONFLICT, reason, before);
        }
        if (!report.getDetails().isEmpty() && !JsonSlices.isObject(report.getDetails())) {
            return Asked.refused(ErrorCode.BAD_INPUT, "details must be a JSON object", before);
        }
        if (report.getPercentage() == -1 || report.getPhase().equals(FAILED)) {
            String message = report.getMessage().isEmpty() ? "the worker gave up" : report.getMessage();
            runner.tries().abandon(draft);
            runner.tries().fail(draft, ErrorCode.MODEL_ERROR, message, report.getDetails());
            return Asked.accepted(before, draft.state.getStatus());
        }
        runner.tries().lease(draft, 0);
        TaskState.Builder state = draft.state;
        int bar = Math.max(state.getProgress(), Math.min(MAX_BAR, report.getPercentage()));
        boolean seen = bar != state.getProgress()
                || !report.getPhase().equals(state.getShownPhase())
                || !report.getMessage().equals(state.getShownMessage());
        state.setProgress(bar).setShownPhase(report.getPhase()).setShownMessage(report.getMessage());
        if (seen) {
            TaskReports.progressed(draft, report.getDetails());
        }
        return Asked.accepted(before, before);
    }

    /** Ends the phase, with an output or a fault. */
    CommandAnswer.Builder finish(TaskDraft draft, FinishPhase finish) {
        String reason = mayNot(draft, finish.getAttempt());
        String before = draft.state.getStatus();
        if (reason != null) {
            return Asked.refused(ErrorCode.CONFLICT, reason, before);
        }
        String phase = draft.phase().name();
        if (!finish.getPhase().isEmpty() && !finish.getPhase().equals(phase)) {
            return Asked.refused(
                    ErrorCode.CONFLICT, "phase " + finish.getPhase() + " is over: the task is in " + phase, before);
        }
        if (!finish.hasFault() && !JsonSlices.isObject(finish.getOutput())) {
            return Asked.refused(ErrorCode.BAD_INPUT, "output must be a JSON object", before);
        }
        draft.log(finish.getLinesList());
        if (finish.hasFault()) {
            TaskFault fault = finish.getFault();
            PhaseTries.drop(draft);
            runner.tries()
                    .onFailure(
                            draft,
                            ItemFailure.newBuilder()
                                    .setCode(fault.getCode())
                                    .setMessage(fault.getMessage())
                                    .setRetryable(fault.getRetryable())
                                    .setDetails(
                                            JsonSlices.isObject(fault.getDetails())
                                                    ? fault.getDetails()
                                                    : ByteString.EMPTY)
                                    .build());
            return Asked.accepted(before, draft.state.getStatus());
        }
        PhaseTries.drop(draft);
        runner.onResult(
                draft,
                ItemResult.newBuilder()
                        .setOutput(finish.getOutput())
                        .putAllFacts(finish.getFactsMap())
                        .setComputeMs(Math.max(0, finish.getComputeMs()))
                        .build());
        return Asked.accepted(before, draft.state.getStatus());
    }

    private static @Nullable String mayNot(TaskDraft draft, int attempt) {
        if (draft.status() != TaskStatus.PROCESSING) {
            return "the task is " + draft.state.getStatus() + ": nothing is reported of it";
        }
        if (draft.phase().flow().external() == null) {
            return "phase " + draft.phase().name() + " is not external: its function reports";
        }
        if (attempt != 0 && attempt != draft.state.getAttempt()) {
            return "attempt " + attempt + " is over: the task is in attempt " + draft.state.getAttempt();
        }
        return null;
    }
}
