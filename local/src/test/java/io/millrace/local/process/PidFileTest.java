package io.millrace.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    @TempDir
    private Path folder;

    private Process process;
    private PidFile file;

    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder("sleep", "60").start();
        file = new PidFile(folder.resolve("run/room.pid"));
        file.write(process.pid(), "fingerprint");
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void aRunningProcessIsFoundAgain() {
        assertThat(new PidFile(file.path()).alive()).map(ProcessHandle::pid).hasValue(process.pid());
        assertThat(file.read()).map(PidFile.Entry::fingerprint).hasValue("fingerprint");
    }

    @Test
    void aNumberGivenToAnotherProcessIsNotTakenForOurs() throws IOException {
        Identity ours = file.read().orElseThrow().identity();
        Files.writeString(file.path(), process.pid() + "\n" + ours.birth() + "0\nfingerprint\n");

        assertThat(file.alive()).isEmpty();
        assertThat(Ending.end(file.read().orElseThrow().identity(), Duration.ofSeconds(1)))
                .isTrue();
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void anEndedProcessIsGone() throws InterruptedException {
        process.destroyForcibly().waitFor();

        assertThat(file.alive()).isEmpty();
    }

    @Test
    void aDetachedProcessStaysTheSameAsItTurnsIntoItsProgram() throws IOException {
        Process detached = new Launch(List.of("sleep", "600"), Map.of(), folder.resolve("room.log")).startDetached();
        try {
            Path name = Path.of("/proc", Long.toString(detached.pid()), "comm");
            file.keep(detached, "detached");
            await().atMost(Duration.ofMinutes(5))
                    .until(() -> Files.readString(name).equals("sleep\n"));

            assertThat(file.alive()).map(ProcessHandle::pid).hasValue(detached.pid());
        } finally {
            detached.destroyForcibly();
        }
    }

    @Test
    void aProcessThatCannotBeWrittenDownIsEnded() throws IOException, InterruptedException {
        Path inTheWay = Files.createFile(folder.resolve("no-folder"));

        assertThatThrownBy(() -> new PidFile(inTheWay.resolve("room.pid")).keep(process, "fingerprint"))
                .isInstanceOf(IOException.class);
        assertThat(process.waitFor()).isEqualTo(128 + 9);
    }

    @Test
    void onlyTheFileOfTheProcessThatEndedIsDeleted() throws IOException {
        Identity first = file.read().orElseThrow().identity();
        file.write(ProcessHandle.current().pid(), "second");
        file.delete(first);
        assertThat(file.read()).map(PidFile.Entry::fingerprint).hasValue("second");

        file.delete(file.read().orElseThrow().identity());
        assertThat(file.path()).doesNotExist();
    }

    @Test
    void aDeadChildNobodyWaitedForCountsAsGone() throws IOException, InterruptedException {
        // The shell's child ends once the shell has turned into sleep, which never asks for it.
        Process parent = new ProcessBuilder(
                        "sh", "-c", "(until grep -q sleep /proc/$$/comm; do :; done) & echo $!; exec sleep 60")
                .start();
        try {
            long child = Long.parseLong(parent.inputReader().readLine());
            Identity identity = new Identity(child, "any");
            assertThat(Ending.awaitGone(identity, Duration.ofMinutes(5))).isTrue();
            await().atMost(Duration.ofMinutes(5)).until(() -> Identity.of(child).isEmpty());
            assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isPresent();
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }

    @Test
    void tornAndAbsentFilesPointAtNobody() throws IOException {
        for (String text : List.of("", "abc\nx\ny\n", process.pid() + "\n")) {
            Files.writeString(file.path(), text);
            assertThat(file.alive()).as(text).isEmpty();
        }
        file.delete();
        assertThat(file.alive()).isEmpty();
    }

    @Test
    void endingKillsWhatDoesNotListen() throws IOException, InterruptedException {
        Process deaf = new ProcessBuilder("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done").start();
        assertThat(deaf.inputReader().readLine()).isEqualTo("ready");

        assertThat(Ending.end(Identity.of(deaf.pid()).orElseThrow(), Duration.ofMillis(200)))
                .isTrue();
        assertThat(deaf.waitFor()).isEqualTo(128 + 9);
    }
}
