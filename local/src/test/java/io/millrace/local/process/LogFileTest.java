package io.millrace.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    @TempDir
    private Path folder;

    @Test
    void theTailIsTheLastLines() throws IOException {
        Path path = Files.writeString(folder.resolve("a.log"), "one\ntwo\nthree\n");

        assertThat(new LogFile(path).tail(2)).containsExactly("two", "three");
        assertThat(new LogFile(folder.resolve("none")).tail(2)).isEmpty();
    }

    @Test
    void theLastWordsAreTheLastError() throws IOException {
        Path path = Files.writeString(folder.resolve("a.log"), "ERROR one\nERROR two\n\tat somewhere\nbye\n");

        assertThat(new LogFile(path).lastWords()).isEqualTo("ERROR two");
        assertThat(new LogFile(folder.resolve("none")).lastWords()).isEmpty();
    }

    @Test
    void theLastWordsAreTheRootOfTheLastFailure() throws IOException {
        Path path = Files.writeString(
                folder.resolve("a.log"),
                "ERROR no job\njava.lang.IllegalStateException: no job\n\tat somewhere\n"
                        + "Caused by: java.lang.IllegalArgumentException: --idle must be a duration\n\tat there\nERROR over\n");

        assertThat(new LogFile(path).lastWords())
                .isEqualTo("java.lang.IllegalArgumentException: --idle must be a duration");
    }

    @Test
    void theLastWordsAreTheLastLineWhenThereWasNoError() throws IOException {
        Path path = Files.writeString(folder.resolve("a.log"), "starting\nbye\n");

        assertThat(new LogFile(path).lastWords()).isEqualTo("bye");
    }

    @Test
    void aLargeLogIsCutAndItsPastKept() throws IOException {
        Path path = folder.resolve("a.log");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength((32L << 20) + 1);
        }
        new LogFile(path).bound();

        assertThat(path).isEmptyFile();
        assertThat(folder.resolve("a.log.1")).hasSize((32L << 20) + 1);
    }

    @Test
    void aSmallLogStays() throws IOException {
        Path path = Files.writeString(folder.resolve("a.log"), "one\n");
        new LogFile(path).bound();

        assertThat(path).hasContent("one");
        assertThat(folder.resolve("a.log.1")).doesNotExist();
    }
}
