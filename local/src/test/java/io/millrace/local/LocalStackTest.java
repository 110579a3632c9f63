package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.home.PortPlan;
import io.millrace.local.home.StackHome;
import io.millrace.local.process.PidFile;
import io.millrace.local.report.StackReport;
import io.millrace.local.report.StackState;
import io.millrace.local.report.StatusFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack whose supervisor is a process that does nothing, so that only its files speak. */
class LocalStackTest {
    private static final String GIVEN_UP = "The room jobmanager was given up: no checkpoint can be read.";

    @TempDir
    private Path folder;

    private StackHome home;
    private int base;
    private Process supervisor;

    @BeforeEach
    void start() throws IOException {
        home = new StackHome(folder);
        base = PortPlan.free().base();
        supervisor = new ProcessBuilder("sleep", "600").start();
    }

    @AfterEach
    void end() {
        supervisor.destroyForcibly();
    }

    @Test
    void aStackThatRunsRefusesAFreshStartAndKeepsItsState() throws IOException {
        supervised(StackState.READY, "");
        Files.createDirectories(home.jobs());

        assertThatThrownBy(() ->
                        LocalStack.start(folder, base, StackOptions.standard().fresh(true)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("./millrace down first");
        assertThat(home.jobs()).exists();
    }

    @Test
    void aStackThatGaveARoomUpSaysHowToTryAgain() throws IOException {
        supervised(StackState.FAILED, GIVEN_UP);

        assertThatThrownBy(() -> LocalStack.start(folder, base, StackOptions.standard()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(GIVEN_UP)
                .hasMessageContaining("./millrace down first");
        assertThatThrownBy(() -> LocalStack.at(folder, base).awaitReady(Duration.ofMinutes(5)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(GIVEN_UP)
                .hasMessageContaining("./millrace down first");
    }

    @Test
    void theTroublesOfAnEarlierEndAreNotToldAgain() throws Exception {
        report(StackState.STOPPED, "The jobs could not be stopped with a savepoint.");

        assertThat(LocalStack.at(folder, base).stop()).isEmpty();
    }

    private void supervised(StackState state, String message) throws IOException {
        new PidFile(home.supervisorPid()).write(supervisor.pid(), "supervisor");
        report(state, message);
    }

    private void report(StackState state, String message) throws IOException {
        new StatusFile(home.status())
                .write(new StackReport(state, message, supervisor.pid(), base, 0, 0, 0, List.of()));
    }
}
