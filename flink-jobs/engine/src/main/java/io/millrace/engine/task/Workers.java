package io.millrace.engine.task;

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
    /** Of what is shown, as the edge has it. */
    private static final int MAX_PHASE = 64;

    private static final int MAX_MESSAGE = 2000;

    private final PhaseRunner runner;
    private final ReplyCheck check;

    Workers(PhaseRunner runner, ReplyCheck check) {
        this.runner = runner;
        this.check = check;
    }

    /** Renews the lease and moves the bar; told only when something can be seen to have changed. */
    CommandAnswer.Builder report(TaskDraft draft, ReportProgress report) {
        String reason = mayNot(draft, report.getAttempt());
        String before = draft.state.getStatus();
        if (reason != null) {
            return Asked.refused(ErrorCode.CONFLICT, reason, before);
        }
        if (!ReplyCheck.details(report.getDetails()).equals(report.getDetails())) {
            return Asked.refused(
                    ErrorCode.BAD_INPUT,
                    "details must be a JSON object of at most " + ReplyCheck.MAX_DETAILS + " bytes",
                    before);
        }
        String phase = shown(report.getPhase(), MAX_PHASE);
        String message = shown(report.getMessage(), MAX_MESSAGE);
        if (report.getPercentage() == -1 || phase.equals(FAILED)) {
            String why = message.isEmpty() ? "the worker gave up" : message;
            runner.tries().abandon(draft);
            runner.tries().fail(draft, ErrorCode.MODEL_ERROR, why, report.getDetails());
            return Asked.accepted(before, draft.state.getStatus());
        }
        runner.tries().lease(draft, 0);
        TaskState.Builder state = draft.state;
        int bar = Math.max(state.getProgress(), Math.min(MAX_BAR, report.getPercentage()));
        boolean seen = bar != state.getProgress()
                || !phase.equals(state.getShownPhase())
                || !message.equals(state.getShownMessage());
        state.setProgress(bar).setShownPhase(phase).setShownMessage(message);
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
        String output = finish.hasFault() ? null : check.breach(finish.getOutput());
        String breach = output == null ? ReplyCheck.breach(finish.getFactsMap()) : output;
        if (breach != null) {
            return Asked.refused(ErrorCode.BAD_INPUT, breach, before);
        }
        draft.log(finish.getLinesList());
        PhaseTries.drop(draft);
        if (finish.hasFault()) {
            runner.tries().onFailure(draft, failure(finish.getFault()));
            return Asked.accepted(before, draft.state.getStatus());
        }
        runner.onResult(
                draft,
                ItemResult.newBuilder()
                        .setOutput(finish.getOutput())
                        .putAllFacts(finish.getFactsMap())
                        .setComputeMs(Math.max(0, finish.getComputeMs()))
                        .build());
        return Asked.accepted(before, draft.state.getStatus());
    }

    private static ItemFailure failure(TaskFault fault) {
        return ItemFailure.newBuilder()
                .setCode(fault.getCode())
                .setMessage(fault.getMessage())
                .setRetryable(fault.getRetryable())
                .setDetails(ReplyCheck.details(fault.getDetails()))
                .build();
    }

    private static String shown(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max);
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
