package io.millrace.schemas.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void aReferenceThatLeadsElsewhereIsRefused() {
        assertThatThrownBy(() -> ArtifactRef.parse("sha256:../../etc/passwd"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
