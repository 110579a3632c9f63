package io.millrace.engine.task;

import io.millrace.schemas.v1.TaskStateOrBuilder;

/**
 * The times by which a task must have started and ended. Each has one delayed message under way, which is taken back as soon as the
 * deadline can no longer be missed: a day of tasks that may take a week would otherwise stay in the state for a week.
 */
final class Deadlines {
    /** Kinds of timers, and the tokens under which they are taken back. */
    static final String END = "deadline";

    static final String START = "start_deadline";

    private Deadlines() {}

    static boolean concerns(String kind) {
        return kind.equals(END) || kind.equals(START);
    }

    static void set(TaskDraft draft) {
        wake(draft, END);
        wake(draft, START);
    }

    /** Told before the state says so. */
    static void started(TaskDraft draft) {
        silence(draft, START);
    }

    static void ended(TaskDraft draft) {
        silence(draft, END);
        silence(draft, START);
    }

    /** When the deadline comes; 0: there is none, or it has been met. */
    static long due(TaskStateOrBuilder state, String kind) {
        if (kind.equals(END)) {
            return state.getEndDeadlineMs();
        }
        return state.getStartedAtMs() == 0 ? state.getStartDeadlineMs() : 0;
    }

    /** Why the task that missed it is cancelled. */
    static String reason(String kind) {
        return kind.equals(END) ? "deadline" : "not started by its deadline";
    }

    private static void wake(TaskDraft draft, String kind) {
        long due = due(draft.state, kind);
        if (due > 0) {
            draft.wake(kind, due);
        }
    }

    private static void silence(TaskDraft draft, String kind) {
        if (due(draft.state, kind) > 0) {
            draft.silence(kind);
        }
    }
}
