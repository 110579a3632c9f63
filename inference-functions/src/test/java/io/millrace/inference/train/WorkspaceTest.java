package io.millrace.inference.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
    @TempDir
    private Path root;

    @Test
    void whatATryKeptIsThereForTheNext() throws IOException {
        Workspace.of(root, "lesson").write("features", new float[] {1.5f, -2});

        Workspace next = Workspace.of(root, "lesson");
        assertThat(next.read("features"))
                .hasValueSatisfying(values -> assertThat(values).containsExactly(1.5f, -2));
        assertThat(next.read("checkpoint")).isEmpty();
    }

    @Test
    void whoEndsFirstDoesNotStopTheOther() throws IOException {
        Workspace one = Workspace.of(root, "lesson");
        Workspace other = Workspace.of(root, "lesson");
        one.write("features", new float[] {1});

        one.remove();
        assertThat(other.read("features")).isEmpty();
        other.write("checkpoint", new float[] {2});
        one.remove();
        other.remove();
        assertThat(root).isEmptyDirectory();
        other.remove();
    }

    @Test
    void whatNobodyCameBackForGoesAfterAWeek() throws IOException {
        Workspace.of(root, "old").write("features", new float[] {1});
        Workspace.of(root, "young").write("features", new float[] {1});
        Instant now = Instant.now();
        Files.setLastModifiedTime(root.resolve("old"), FileTime.from(now.minus(Duration.ofDays(8))));

        Workspace.sweep(root, now);

        assertThat(root.resolve("old")).doesNotExist();
        assertThat(root.resolve("young")).exists();
    }
}
