package io.millrace.engine.task;

import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.v1.CommandAnswer;

/** pause, resume and stop of a task that has not ended. */
final class Pauses {
    private final PhaseRunner runner;

    Pauses(PhaseRunner runner) {
        this.runner = runner;
    }

    /** At once while it waits for its slot, at the next phase border while it runs. */
    CommandAnswer.Builder pause(TaskDraft draft) {
        String before = draft.state.getStatus();
        if (draft.status() == TaskStatus.PAUSED) {
            return Asked.refused(ErrorCode.CONFLICT, "the task is already paused", before);
        }
        if (draft.status() == TaskStatus.PROCESSING) {
            if (!draft.state.getPauseRequested()) {
                draft.state.setPauseRequested(true);
                TaskReports.noted(draft);
            }
            return Asked.accepted(before, before);
        }
        pauseNow(draft);
        return Asked.accepted(before, draft.state.getStatus());
    }

    /** Interrupts what runs; its phase runs again, in another attempt. */
    CommandAnswer.Builder stop(TaskDraft draft) {
        String before = draft.state.getStatus();
        if (draft.status() == TaskStatus.PAUSED) {
            return Asked.refused(ErrorCode.CONFLICT, "the task is already paused", before);
        }
        if (draft.status() == TaskStatus.PROCESSING) {
            runner.tries().abandon(draft);
            draft.nextAttempt();
        }
        pauseNow(draft);
        return Asked.accepted(before, draft.state.getStatus());
    }

    /** Enqueues a paused task, or takes a pause back that has not come to pass. */
    CommandAnswer.Builder resume(TaskDraft draft) {
        String before = draft.state.getStatus();
        if (draft.status() == TaskStatus.PROCESSING && draft.state.getPauseRequested()) {
            draft.state.setPauseRequested(false);
            TaskReports.noted(draft);
            return Asked.accepted(before, before);
        }
        if (draft.status() != TaskStatus.PAUSED) {
            return Asked.refused(
                    ErrorCode.CONFLICT, "only a paused task can be resumed: this one is " + before, before);
        }
        draft.moveTo(TaskStatus.QUEUED);
        TaskReports.moved(draft, EventType.RESUMED);
        LaneTickets.enqueue(draft);
        return Asked.accepted(before, draft.state.getStatus());
    }

    static void pauseNow(TaskDraft draft) {
        draft.disarm();
        draft.moveTo(TaskStatus.PAUSED);
        draft.state.setPauseRequested(false);
        TaskReports.moved(draft, EventType.PAUSED);
        LaneTickets.leave(draft);
    }
}
