package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.LocalStack;
import io.millrace.local.Room;
import io.millrace.local.home.PortPlan;
import io.millrace.local.home.StackHome;
import io.millrace.local.process.PidFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResetCommandTest {
    @TempDir
    private Path folder;

    private Process jobManager;
    private StackHome home;
    private LocalStack stack;

    /** A JobManager that takes no savepoint, because nobody listens. */
    @BeforeEach
    void start() throws IOException {
        home = new StackHome(folder.resolve("home"));
        stack = LocalStack.at(home.folder(), PortPlan.free().base());
        jobManager = new ProcessBuilder("sleep", "600").start();
        new PidFile(home.pid(Room.JOBMANAGER)).write(jobManager.pid(), "jobmanager");
    }

    @AfterEach
    void end() {
        jobManager.destroyForcibly();
    }

    @Test
    void aMissingSavepointDoesNotKeepTheRest() throws Exception {
        assertThat(DownCommand.run(stack)).isEqualTo(1);

        assertThat(ResetCommand.delete(stack)).isZero();
        assertThat(home.folder()).doesNotExist();
    }

    @Test
    void nothingIsDeletedUnderAProcessThatRuns() throws IOException {
        assertThat(ResetCommand.delete(stack)).isEqualTo(1);

        assertThat(home.secrets()).exists();
        assertThat(jobManager.isAlive()).isTrue();
    }
}
