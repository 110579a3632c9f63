package io.millrace.local.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FlinkAnswersTest {
    private static final String RUNS = job("RUNNING", 3, 3);

    @Test
    void jobsCountWhenAllOfTheirTasksRun() throws IOException {
        assertThat(FlinkAnswers.runs(overview(RUNS, RUNS), 2)).isTrue();
        assertThat(FlinkAnswers.runs(overview(RUNS), 2)).isFalse();
        assertThat(FlinkAnswers.runs(overview(RUNS, job("RUNNING", 3, 2)), 2)).isFalse();
        assertThat(FlinkAnswers.runs(overview(RUNS, job("RESTARTING", 3, 3)), 2))
                .isFalse();
        assertThat(FlinkAnswers.runs(overview(), 2)).isFalse();
    }

    @Test
    void aTaskManagerMustHaveRegistered() throws IOException {
        assertThat(FlinkAnswers.hasTaskManager("{\"taskmanagers\":[]}")).isFalse();
        assertThat(FlinkAnswers.hasTaskManager("{\"taskmanagers\":[{\"id\":\"a\"}]}"))
                .isTrue();
    }

    private static String overview(String... jobs) {
        return "{\"jobs\":[" + String.join(",", jobs) + "]}";
    }

    private static String job(String state, int total, int running) {
        return "{\"jid\":\"x\",\"state\":\"" + state + "\",\"tasks\":{\"total\":" + total + ",\"running\":" + running
                + "}}";
    }
}
