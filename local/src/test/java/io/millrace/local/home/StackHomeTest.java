package io.millrace.local.home;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.Room;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackHomeTest {
    @TempDir
    private Path folder;

    @Test
    void whatAKilledProcessLeftBehindIsGoneBeforeTheNextOfItsRoom() throws IOException {
        StackHome home = new StackHome(folder.resolve("home"));
        home.clearTemporary(Room.EDGE);
        home.clearTemporary(Room.INFERENCE);
        Path ours = Files.createDirectories(home.temporary(Room.INFERENCE).resolve("upload"))
                .resolve("part");
        Files.writeString(ours, "half of it");
        Path other = Files.writeString(home.temporary(Room.EDGE).resolve("part"), "of another room");

        home.clearTemporary(Room.INFERENCE);

        assertThat(home.temporary(Room.INFERENCE)).isEmptyDirectory();
        assertThat(other).exists();
        home.wipe();
        assertThat(home.folder()).doesNotExist();
    }
}
