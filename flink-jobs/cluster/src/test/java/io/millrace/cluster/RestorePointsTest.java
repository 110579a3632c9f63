package io.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeOffsets;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestorePointsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    private Path job;

    @Test
    void theHighestCheckpointWinsAcrossRunsAndSavepoints() throws IOException {
        complete("checkpoints/a/chk-9", 9, NOON.plusSeconds(50));
        complete("checkpoints/b/chk-11", 11, NOON);
        complete("savepoints/savepoint-x", 10, NOON.plusSeconds(60));

        assertThat(RestorePoints.in(job).newest())
                .hasValueSatisfying(point -> assertThat(point.folder()).isEqualTo(job.resolve("checkpoints/b/chk-11")));
    }

    @Test
    void ofTwoWithTheSameNumberTheLaterWins() throws IOException {
        complete("checkpoints/a/chk-9", 9, NOON);
        complete("checkpoints/b/chk-9", 9, NOON.plusSeconds(1));

        assertThat(RestorePoints.in(job).newest())
                .hasValueSatisfying(point -> assertThat(point.folder()).isEqualTo(job.resolve("checkpoints/b/chk-9")));
    }

    @Test
    void brokenOnesAreSkipped() throws IOException {
        complete("checkpoints/a/chk-1", 1, NOON);
        Path torn = complete("checkpoints/a/chk-2", 2, NOON).resolve("_metadata");
        Files.write(torn, new byte[] {1, 2, 3});
        Files.write(complete("checkpoints/a/chk-3", 3, NOON).resolve("_metadata"), new byte[0]);
        Files.createDirectories(job.resolve("checkpoints/a/chk-4"));
        withStateFile("checkpoints/a/chk-5", 5, job.resolve("lost"));

        assertThat(RestorePoints.in(job).newest())
                .hasValueSatisfying(point -> assertThat(point.checkpointId()).isEqualTo(1));
    }

    @Test
    void aCheckpointWithAllItsFilesIsTaken() throws IOException {
        Path state = Files.write(job.resolve("state"), new byte[] {7});
        withStateFile("checkpoints/a/chk-5", 5, state);

        assertThat(RestorePoints.in(job).newest())
                .hasValueSatisfying(point -> assertThat(point.checkpointId()).isEqualTo(5));
    }

    @Test
    void noFolderMeansNoPoint() throws IOException {
        assertThat(RestorePoints.in(job.resolve("absent")).newest()).isEmpty();
    }

    @Test
    void pruningKeepsTheNewestRunsAndTheStart() throws IOException {
        Path start = complete("checkpoints/oldest/chk-1", 1, NOON);
        for (int run = 2; run <= 5; run++) {
            Path folder = complete("checkpoints/run" + run + "/chk-" + run, run, NOON);
            Files.setLastModifiedTime(folder.getParent(), FileTime.from(NOON.plusSeconds(run)));
            Files.setLastModifiedTime(folder, FileTime.from(NOON.plusSeconds(run)));
        }
        Files.setLastModifiedTime(start, FileTime.from(NOON));
        Files.setLastModifiedTime(start.getParent(), FileTime.from(NOON));

        RestorePoints.in(job).prune(RestorePoints.in(job).newest().orElseThrow());
        assertThat(job.resolve("checkpoints")).isDirectoryNotContaining(path -> path.endsWith("oldest"));
        assertThat(job.resolve("checkpoints/run3")).exists();

        complete("checkpoints/oldest/chk-1", 1, NOON);
        Files.setLastModifiedTime(start, FileTime.from(NOON));
        Files.setLastModifiedTime(start.getParent(), FileTime.from(NOON));
        RestorePoints.in(job).prune(new RestorePoint(start, 1, NOON));
        assertThat(start).exists();
    }

    @Test
    void aJobThatRanBeforeDoesNotStartEmpty() throws IOException {
        RunMarker.refuseIfPresent(job, "orchestrator");
        RunMarker.write(job, new RestorePoint(job, 17, NOON));

        assertThatThrownBy(() -> RunMarker.refuseIfPresent(job, "orchestrator"))
                .hasMessageContaining("orchestrator has run before (checkpoint 17 of 2026-01-01T12:00:00Z)")
                .hasMessageContaining("--fresh");
    }

    private Path complete(String folder, long id, Instant at) throws IOException {
        return write(folder, new CheckpointMetadata(id, List.of(), List.of()), at);
    }

    private void withStateFile(String folder, long id, Path file) throws IOException {
        FileStateHandle handle = new FileStateHandle(new org.apache.flink.core.fs.Path(file.toUri()), 1);
        KeyGroupsStateHandle keyed =
                new KeyGroupsStateHandle(new KeyGroupRangeOffsets(KeyGroupRange.of(0, 0), new long[] {0}), handle);
        OperatorState operator = new OperatorState(new OperatorID(1, 2), 1, 1);
        operator.putState(
                0, OperatorSubtaskState.builder().setManagedKeyedState(keyed).build());
        write(folder, new CheckpointMetadata(id, List.of(operator), List.of()), NOON);
    }

    private Path write(String folder, CheckpointMetadata metadata, Instant at) throws IOException {
        Path path = Files.createDirectories(job.resolve(folder));
        Path file = path.resolve("_metadata");
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            Checkpoints.storeCheckpointMetadata(metadata, out);
        }
        Files.setLastModifiedTime(file, FileTime.from(at));
        return path;
    }
}
