package io.millrace.inference.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.artifact.ArtifactStore;
import io.millrace.schemas.artifact.FolderArtifactStore;
import io.millrace.schemas.v1.ItemResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultStoreTest {
    private static final ResultKey KEY = key("task", "phase", 0);

    @TempDir
    Path folder;

    private ArtifactStore artifacts;
    private ResultStore store;

    @BeforeEach
    void openStore() throws IOException {
        artifacts = new FolderArtifactStore(folder);
        store = new ResultStore(folder.resolve("results"), artifacts, InstantSource.system());
    }

    @Test
    void whatWasPutIsFound() {
        ItemResult result = result("{\"a\":1}");

        store.put(KEY, result);
        store.put(KEY, result);

        assertThat(store.find(KEY)).contains(result);
        assertThat(store.find(key("task", "phase", 1))).isEmpty();
    }

    @Test
    void fieldsCannotRunIntoEachOther() {
        assertThat(key("ab", "c", 0)).isNotEqualTo(key("a", "bc", 0));
    }

    @Test
    void aTornFileIsNoResult() throws IOException {
        store.put(KEY, result("{\"a\":1}"));
        Path file = onlyFile();
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 10, 32, whole.length - 1}) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThat(store.find(KEY)).as("first %d bytes", length).isEmpty();
        }
    }

    @Test
    void aResultIsFoundOnlyWithItsArtifacts() throws IOException {
        ArtifactRef there = artifacts.put(new byte[] {1});
        ArtifactRef missing = ArtifactRef.of(new byte[] {2});

        store.put(KEY, result("{\"images\":[{\"artifact\":\"" + there + "\"}]}"));
        assertThat(store.find(KEY)).isPresent();
        store.put(KEY, result("{\"images\":[{\"artifact\":\"" + missing + "\"}]}"));
        assertThat(store.find(KEY)).isEmpty();
    }

    @Test
    void aSweepDeletesWhatIsOldAndNothingElse() throws IOException {
        ResultKey young = key("young", "phase", 0);
        store.put(KEY, result("{}"));
        Files.setLastModifiedTime(
                onlyFile(), FileTime.from(Instant.now().minus(ResultStore.KEPT).minusSeconds(60)));
        store.put(young, result("{}"));
        ArtifactRef artifact = artifacts.put(new byte[] {1});

        store.sweep();

        assertThat(store.find(KEY)).isEmpty();
        assertThat(store.find(young)).isPresent();
        assertThat(artifacts.size(artifact)).isPresent();
    }

    @Test
    void aFolderThatCannotBeWrittenCostsReuseOnly() throws IOException {
        Path results = folder.resolve("results");
        // A file where a folder should be fails for every user, root included.
        Files.writeString(results.resolve(KEY.hex().substring(0, 2)), "in the way");

        store.put(KEY, result("{}"));

        assertThat(store.find(KEY)).isEmpty();
        assertThat(store.lease(KEY)).isPresent();
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("results"))) {
            List<Path> found = files.filter(Files::isRegularFile).toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    private static ItemResult result(String output) {
        return ItemResult.newBuilder()
                .setOutput(ByteString.copyFromUtf8(output))
                .putFacts("passed", "true")
                .setComputeMs(12)
                .build();
    }

    private static ResultKey key(String taskId, String phase, int round) {
        return ResultKey.of(taskId, phase, "function", "1", round, 0, ByteString.copyFromUtf8("hash"));
    }
}
