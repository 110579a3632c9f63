package io.millrace.schemas.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TaskIdTest {
    @Test
    void idsSortByTimeAndTellIt() {
        TaskId early = TaskId.at(1_760_000_000_000L);
        TaskId late = TaskId.at(1_760_000_000_001L);

        assertThat(early).isLessThan(late);
        assertThat(early.createdAtMillis()).isEqualTo(1_760_000_000_000L);
    }

    @Test
    void theSameBitsMakeTheSameId() {
        assertThat(TaskId.of(1, -1, -1)).isEqualTo(TaskId.of(1, -1, -1));
        assertThat(TaskId.of(1, -1, -1).value()).isEqualTo("task_00000000-0001-7fff-bfff-ffffffffffff");
    }

    @Test
    void anythingElseIsRefused() {
        assertThatThrownBy(() -> new TaskId("task_1")).hasMessageContaining("UUIDv7");
        assertThat(TaskId.isTaskId("task_00000000-0001-4fff-bfff-ffffffffffff")).isFalse();
    }

    @Test
    void onlyLegalMovesAreAllowed() {
        assertThat(TaskStatus.PROCESSING.mayBecome(TaskStatus.COMPLETED)).isTrue();
        assertThat(TaskStatus.COMPLETED.mayBecome(TaskStatus.QUEUED)).isFalse();
        assertThat(TaskStatus.QUEUED.mayBecome(TaskStatus.COMPLETED)).isFalse();
        assertThat(TaskStatus.FAILED.mayBecome(TaskStatus.QUEUED)).isTrue();
    }
}
