package io.millrace.edge.control;

import io.millrace.schemas.v1.CancelTask;
import io.millrace.schemas.v1.DeleteTask;
import io.millrace.schemas.v1.PauseTask;
import io.millrace.schemas.v1.RecoverTask;
import io.millrace.schemas.v1.ResumeTask;
import io.millrace.schemas.v1.StartTask;
import io.millrace.schemas.v1.StopTask;
import io.millrace.schemas.v1.TaskCommand;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What may be asked of a task, and the sentence that says it was granted. */
enum Verb {
    CANCEL(false, true, "the task is cancelled"),
    PAUSE(false, true, "the task pauses: at once while it waits, at the end of its phase while it runs"),
    RESUME(false, false, "the task goes on"),
    STOP(false, true, "the task was stopped and is paused"),
    START(true, false, "the task was started again"),
    RECOVER(true, false, "the task goes on from its last finished phase"),
    DELETE(true, false, "the task is deleted");

    private final boolean goesOn;
    private final boolean takesReason;
    private final String granted;

    Verb(boolean goesOn, boolean takesReason, String granted) {
        this.goesOn = goesOn;
        this.takesReason = takesReason;
        this.granted = granted;
    }

    /** The verb with this name in lower case. */
    static Optional<Verb> named(String name) {
        return Arrays.stream(values()).filter(verb -> verb.text().equals(name)).findFirst();
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it can be granted to a task that has ended. */
    boolean mayFollowTheEnd() {
        return goesOn;
    }

    boolean takesReason() {
        return takesReason;
    }

    String granted() {
        return granted;
    }

    TaskCommand.Builder into(TaskCommand.Builder command, String by, String reason) {
        return switch (this) {
            case CANCEL ->
                command.setCancel(CancelTask.newBuilder().setRequestedBy(by).setReason(reason));
            case PAUSE ->
                command.setPause(PauseTask.newBuilder().setRequestedBy(by).setReason(reason));
            case RESUME -> command.setResume(ResumeTask.newBuilder().setRequestedBy(by));
            case STOP ->
                command.setStop(StopTask.newBuilder().setRequestedBy(by).setReason(reason));
            case START -> command.setStart(StartTask.newBuilder().setRequestedBy(by));
            case RECOVER -> command.setRecover(RecoverTask.newBuilder().setRequestedBy(by));
            case DELETE -> command.setDelete(DeleteTask.newBuilder().setRequestedBy(by));
        };
    }
}
