package io.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ResumeTask;
import io.millrace.schemas.v1.TaskCommand;
import org.junit.jupiter.api.Test;

/** Commands that come again under the id they had: further races of the table in docs/control.md. */
class RepeatsTest {
    private final TaskLife task = new TaskLife();

    @Test
    void aRefusedCommandStaysRefusedWhenTheTaskHasEnded() {
        InferenceItem last = task.running("poster", "finalizing");
        TaskCommand.Builder resume = TaskCommand.newBuilder().setResume(ResumeTask.getDefaultInstance());
        task.repeat(resume, "resume-1");
        assertThat(task.outcome()).isEqualTo("CONFLICT");
        task.succeed(last);
        assertThat(task.status()).isEqualTo("completed");

        task.repeat(resume, "resume-1");

        assertThat(task.outcome()).isEqualTo("CONFLICT");
    }

    @Test
    void anotherSubmitUnderAUsedIdIsRefusedThoughItsCommandHasTheSameId() {
        task.repeat(task.body("poster", "{}"), "submit:1");
        task.repeat(task.body("poster", "{\"prompt\":\"other\"}"), "submit:1");
        assertThat(task.outcome()).as("while it is under way").isEqualTo("CONFLICT");
        task.repeat(task.body("poster", "{}"), "submit:1");
        assertThat(task.outcome()).isEqualTo("accepted");
        task.grant();
        task.fail(task.items().get(0), ErrorCode.BAD_INPUT);

        task.repeat(task.body("poster", "{\"prompt\":\"other\"}"), "submit:1");
        assertThat(task.outcome()).as("after its end").isEqualTo("CONFLICT");
        task.repeat(task.body("poster", "{}"), "submit:1");
        assertThat(task.outcome()).isEqualTo("accepted");
    }
}
