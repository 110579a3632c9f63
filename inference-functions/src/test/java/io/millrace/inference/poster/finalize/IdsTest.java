package io.millrace.inference.poster.finalize;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.task.TaskId;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdsTest {
    private static final long NOW = 1_790_000_000_000L;

    @Test
    void sortAsTasksDo() {
        String before = new Ids(TaskId.at(NOW)).of("elem", "text/zz");

        assertThat(new Ids(TaskId.at(NOW + 1)).of("elem", "background")).isGreaterThan(before);
    }

    @Test
    void areTheSameForTheSameTaskAndNoneIsThatOfAnother() {
        TaskId task = TaskId.at(NOW);
        assertThat(new Ids(task).of("layer", "text")).isEqualTo(new Ids(new TaskId(task.value())).of("layer", "text"));

        Set<String> all = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            Ids ids = new Ids(TaskId.at(NOW));
            for (String name : new String[] {"background", "text", "panels"}) {
                assertThat(all.add(ids.of("layer", name))).isTrue();
            }
        }
    }
}
