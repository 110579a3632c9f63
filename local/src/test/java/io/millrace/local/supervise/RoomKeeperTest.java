package io.millrace.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.Room;
import io.millrace.local.StackOptions;
import io.millrace.local.home.CodeBase;
import io.millrace.local.home.PortPlan;
import io.millrace.local.home.Secrets;
import io.millrace.local.home.StackHome;
import io.millrace.local.process.PidFile;
import io.millrace.local.report.RoomReport;
import io.millrace.local.report.RoomState;
import io.millrace.local.room.RoomLaunches;
import io.millrace.local.room.StackSetup;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A room whose process does nothing, on a disk that refuses some things. */
class RoomKeeperTest {
    private static final Room ROOM = Room.INFERENCE;
    private static final String MODULE = "idle";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicInteger questions = new AtomicInteger();
    private StackHome home;
    private RoomKeeper keeper;
    private Thread thread;

    /** What runs in the place of the room. */
    static final class Idle {
        private Idle() {}

        public static void main(String[] args) throws InterruptedException {
            Thread.currentThread().join();
        }
    }

    @BeforeEach
    void prepare() throws Exception {
        home = new StackHome(Files.createDirectories(folder.resolve("home")));
        StackSetup setup = new StackSetup(codeBase(), home, PortPlan.free(), Secrets.of(home));
        StackOptions options = StackOptions.standard().inference(MODULE, Idle.class.getName());
        RoomReport first = new RoomReport(
                ROOM, RoomState.WAITING, 0, List.of(), 0, 0, home.log(ROOM).toString(), "");
        keeper = new RoomKeeper(
                first,
                home,
                new RoomLaunches(setup, options),
                () -> questions.incrementAndGet() > 0,
                new RoomKeeper.Surroundings("", () -> true, stopping));
        thread = new Thread(keeper, "keep");
    }

    @AfterEach
    void endAll() throws InterruptedException {
        stopping.countDown();
        thread.join(PATIENCE.toMillis());
        processes().forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void aLogThatCannotBeCutDoesNotEndTheWatch() throws IOException {
        Files.createDirectories(home.log(ROOM).resolveSibling(ROOM.id() + ".log.1/in-the-way"));
        try (RandomAccessFile large = new RandomAccessFile(home.log(ROOM).toFile(), "rw")) {
            large.setLength(33L << 20);
        }

        thread.start();

        await().atMost(PATIENCE).until(() -> questions.get() > 1 || !thread.isAlive());
        assertThat(keeper.report().state()).isEqualTo(RoomState.READY);
        assertThat(thread.isAlive()).isTrue();
    }

    @Test
    void aProcessThatCannotBeWrittenDownIsEndedAndStartedAgainLater() throws IOException {
        Path inTheWay = Files.createFile(home.pid(ROOM).getParent());

        thread.start();
        await().atMost(PATIENCE).until(() -> keeper.report().restarts() > 0 || !thread.isAlive());
        assertThat(keeper.report().message()).contains("could not be started");
        Files.delete(inTheWay);

        await().atMost(PATIENCE).until(() -> keeper.report().state() == RoomState.READY);
        assertThat(new PidFile(home.pid(ROOM)).alive())
                .map(ProcessHandle::pid)
                .hasValue(keeper.report().pid());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(processes())
                        .extracting(ProcessHandle::pid)
                        .containsExactly(keeper.report().pid()));
    }

    private static List<ProcessHandle> processes() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains(Idle.class.getName()))
                .toList();
    }

    /** One module, which finds its class among those of the tests. */
    private CodeBase codeBase() throws Exception {
        Path target = folder.resolve("code").resolve(MODULE).resolve("target");
        Files.createDirectories(target.resolve("classes"));
        Path tests = Path.of(
                Idle.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Files.writeString(target.resolve("classpath"), tests.toString());
        return new CodeBase(folder.resolve("code"));
    }
}
