package io.millrace.edge.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.edge.live.TaskView;
import io.millrace.schemas.v1.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskListTest {
    private static final TaskFilter ANY = new TaskFilter(null, null);

    @Test
    void newerStateWinsWhicheverSideHasIt() {
        List<TaskView> merged = TaskList.merged(
                List.of(view("c", 5, "processing"), view("a", 9, "completed")),
                List.of(view("c", 7, "completed"), view("a", 4, "processing")),
                ANY,
                null,
                null);

        assertThat(merged).extracting(TaskView::number).containsExactly(7, 9);
    }

    @Test
    void liveTasksWithoutRowsStandInOrder() {
        List<TaskView> merged = TaskList.merged(
                List.of(view("b", 1, "queued")),
                List.of(view("c", 0, "pending"), view("a", 1, "queued")),
                ANY,
                null,
                null);

        assertThat(merged).extracting(TaskView::taskId).containsExactly("c", "b", "a");
    }

    @Test
    void filterLooksAtTheNewestState() {
        TaskFilter running = new TaskFilter("processing", "poster");
        List<TaskView> merged = TaskList.merged(
                List.of(view("b", 3, "processing"), view("a", 3, "processing")),
                List.of(view("b", 4, "completed"), view("c", 2, "processing")),
                running,
                null,
                null);

        assertThat(merged).extracting(TaskView::taskId).containsExactly("c", "a");
    }

    @Test
    void pageEndsAtItsLowestRow() {
        List<TaskView> live = List.of(view("e", 1, "queued"), view("c", 1, "queued"), view("a", 1, "queued"));

        assertThat(TaskList.merged(List.of(view("b", 1, "queued")), live, ANY, "d", "b"))
                .extracting(TaskView::taskId)
                .containsExactly("c", "b");
    }

    private static TaskView view(String id, int number, String status) {
        Step step = Step.newBuilder()
                .setStatus(status)
                .setType("poster")
                .setVersion(number)
                .build();
        return new TaskView(id, "alice", "", 1, number, step, ByteString.EMPTY, 0);
    }
}
