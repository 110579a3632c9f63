package io.millrace.inference.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeasesTest {
    private static final LeaseOwner US = LeaseOwner.thisProcess();
    private static final LeaseOwner ELSEWHERE = new LeaseOwner("another-machine", 17, 1_000);

    @TempDir
    Path root;

    private Instant now = Instant.now();
    private final InstantSource clock = () -> now;
    private Leases ours;
    private Leases theirs;
    private Path file;

    @BeforeEach
    void twoProcesses() {
        ours = new Leases(root, US, clock);
        theirs = new Leases(root, ELSEWHERE, clock);
        file = root.resolve("ab").resolve("cd").resolve("key.lease");
    }

    @Test
    void oneHoldsItUntilItIsGivenBack() throws IOException {
        Lease lease = ours.take(file).orElseThrow();

        assertThat(ours.take(file)).isEmpty();
        assertThat(theirs.take(file)).isEmpty();
        lease.close();
        assertThat(theirs.take(file)).isPresent();
    }

    @Test
    void aHolderWithoutASignOfLifeLosesIt() throws IOException {
        Lease lost = theirs.take(file).orElseThrow();

        now = now.plus(Leases.TTL).plusSeconds(1);
        Optional<Lease> taken = ours.take(file);

        assertThat(taken).isPresent();
        // The late holder comes back to life and must not give away what is not its own any more.
        lost.close();
        assertThat(new Leases(root, new LeaseOwner("third", 1, 1), clock).take(file))
                .isEmpty();
    }

    @Test
    void aRenewedLeaseIsKept() throws IOException {
        assertThat(theirs.take(file)).isPresent();

        now = now.plus(Leases.TTL.dividedBy(2));
        theirs.renew();
        now = now.plus(Leases.TTL.dividedBy(2)).plusSeconds(1);

        assertThat(ours.take(file)).isEmpty();
    }

    @Test
    void theLeaseOfADeadProcessOfThisMachineIsTakenOverAtOnce() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        long started = process.info().startInstant().orElseThrow().toEpochMilli();
        LeaseOwner owner = new LeaseOwner(US.place(), process.pid(), started);
        write(owner.line());
        assertThat(ours.take(file)).isEmpty();

        process.destroyForcibly().waitFor();

        assertThat(ours.take(file)).isPresent();
    }

    @Test
    void aProcessIdGivenOutAgainIsAnotherOwner() throws IOException {
        long pid = ProcessHandle.current().pid();
        write(new LeaseOwner(
                        US.place(), pid, US.startMillis() - Duration.ofHours(1).toMillis())
                .line());

        assertThat(ours.take(file)).isPresent();
    }

    @Test
    void aLeaseJustBeingWrittenIsHeld() throws IOException {
        write("");

        assertThat(ours.take(file)).isEmpty();
    }

    @Test
    void ofManyWhoFindItAbandonedOneGetsIt() throws Exception {
        write(ELSEWHERE.line());
        Files.setLastModifiedTime(file, FileTime.from(now.minus(Leases.TTL).minusSeconds(1)));
        List<Callable<Boolean>> rivals = IntStream.range(0, 8)
                .mapToObj(i -> new Leases(root, new LeaseOwner("machine-" + i, i, i), clock))
                .map(leases -> (Callable<Boolean>) () -> takeQuietly(leases))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            int winners = 0;
            for (Future<Boolean> rival : threads.invokeAll(rivals)) {
                winners += rival.get() ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    // The rivals share one JVM, where the file lock between processes shows itself as an exception.
    private boolean takeQuietly(Leases leases) throws IOException {
        try {
            return leases.take(file).isPresent();
        } catch (java.nio.channels.OverlappingFileLockException e) {
            return false;
        }
    }

    private void write(String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(now));
    }
}
