package io.millrace.schemas.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderArtifactStoreTest {
    @TempDir
    private Path folder;

    @Test
    void theSameBytesAreOneBlob() throws IOException {
        FolderArtifactStore store = new FolderArtifactStore(folder);

        ArtifactRef first = store.put(new byte[] {1, 2, 3});
        ArtifactRef second = store.put(new byte[] {1, 2, 3});

        assertThat(second).isEqualTo(first);
        assertThat(store.read(first)).containsExactly(1, 2, 3);
        assertThat(store.size(first)).contains(3L);
        try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aMissingBlobIsNamed() {
        FolderArtifactStore store = new FolderArtifactStore(folder);
        ArtifactRef ref = ArtifactRef.of(new byte[] {9});

        assertThatThrownBy(() -> store.read(ref))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(ref.toString());
    }

    @Test
    void aBlobIsAsOldAsTheLastPutOfItsBytes() throws IOException {
        FolderArtifactStore store = new FolderArtifactStore(folder);
        ArtifactRef ref = store.put(new byte[] {1});
        Instant now = Instant.now();
        age(ref.hash(), now.minus(Duration.ofDays(9)));

        try (Stream<SweepableStore.Blob> blobs = store.list()) {
            assertThat(blobs).singleElement().satisfies(blob -> {
                assertThat(blob.ref()).isEqualTo(ref);
                assertThat(blob.bytes()).isEqualTo(1);
                assertThat(blob.storedAt()).isBefore(now.minus(Duration.ofDays(8)));
            });
        }
        store.put(new byte[] {1});
        assertThat(store.delete(ref, now.minus(Duration.ofDays(7)))).isFalse();
        assertThat(store.size(ref)).isPresent();
        age(ref.hash(), now.minus(Duration.ofDays(9)));
        store.put(new ByteArrayInputStream(new byte[] {1}));
        assertThat(store.delete(ref, now.minus(Duration.ofDays(7)))).isFalse();
        age(ref.hash(), now.minus(Duration.ofDays(9)));
        assertThat(store.delete(ref, now.minus(Duration.ofDays(7)))).isTrue();
        assertThat(store.size(ref)).isEmpty();
        assertThat(store.delete(ref, now)).as("gone already").isTrue();
    }

    @Test
    void whatADeadWriterLeftIsDeletedAndNothingElse() throws IOException {
        FolderArtifactStore store = new FolderArtifactStore(folder);
        ArtifactRef ref = store.put(new byte[] {1});
        Path old = Files.createTempFile(folder, "part", null);
        Path young = Files.createTempFile(folder, "part", null);
        Instant week = Instant.now().minus(Duration.ofDays(7));
        age(ref.hash(), week.minusSeconds(60));
        age(old.getFileName().toString(), week.minusSeconds(60));

        store.deleteRemains(week);

        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(store.size(ref)).isPresent();
    }

    private void age(String name, Instant time) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            Path file = files.filter(each -> each.endsWith(name)).findFirst().orElseThrow();
            Files.setLastModifiedTime(file, FileTime.from(time));
        }
    }

    @Test
    void aReferenceThatLeadsElsewhereIsRefused() {
        assertThatThrownBy(() -> ArtifactRef.parse("sha256:../../etc/passwd"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
