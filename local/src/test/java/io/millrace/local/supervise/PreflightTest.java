package io.millrace.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.Room;
import io.millrace.local.StackOptions;
import io.millrace.local.UserError;
import io.millrace.local.home.CodeBase;
import io.millrace.local.home.PortPlan;
import io.millrace.local.home.Secrets;
import io.millrace.local.home.StackHome;
import io.millrace.local.process.PidFile;
import io.millrace.local.process.PortOwner;
import io.millrace.local.room.RoomLaunches;
import io.millrace.local.room.StackSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
    @Test
    void aFullDiskIsNamedWithItsRemedy(@TempDir Path folder) throws IOException {
        Preflight.checkDisk(folder, 1);

        assertThatThrownBy(() -> Preflight.checkDisk(folder, Long.MAX_VALUE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("MB are free at " + folder)
                .hasMessageContaining("MILLRACE_HOME");
    }

    @Test
    void aRetentionThatRefusesKeyedSubmitsIsRefused() {
        Preflight.checkRetention(Map.of());
        Preflight.checkRetention(Map.of("MILLRACE_RETENTION", "2h"));

        assertThatThrownBy(() -> Preflight.checkRetention(Map.of("MILLRACE_RETENTION", "30m")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("at least 2h, not 30m")
                .hasMessageContaining("MILLRACE_RETENTION");
    }

    @Test
    void aTakenPortIsNamedWithItsOwnerAndRemedy() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PortPlan.Port port = new PortPlan.Port(socket.getLocalPort(), "MySQL", Room.DATABASE);

            assertThatThrownBy(() -> Preflight.checkPort(port))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("Port " + socket.getLocalPort() + " (MySQL) is in use by process "
                            + ProcessHandle.current().pid())
                    .hasMessageContaining("MILLRACE_PORT_BASE");
        }
    }

    @Test
    void aFreshStartEndsTheJobsThatAKilledSupervisorLeftBehind(@TempDir Path folder) throws Exception {
        StackSetup setup = setup(folder);
        StackOptions options = StackOptions.standard().only(Room.JOBMANAGER, Room.TASKMANAGER, Room.INFERENCE);
        List<Process> left = new ArrayList<>();
        try {
            for (Room room : options.rooms()) {
                left.add(leftBehind(room, setup, options));
            }
            new Preflight(setup, options).check();
            assertThat(running(setup)).containsExactly(Room.INFERENCE, Room.JOBMANAGER, Room.TASKMANAGER);

            new Preflight(setup, options.fresh(true)).check();

            assertThat(running(setup)).containsExactly(Room.INFERENCE);
        } finally {
            left.forEach(Process::destroyForcibly);
        }
    }

    private static StackSetup setup(Path folder) throws IOException {
        Path code = folder.resolve("code");
        for (String module : List.of("inference-functions", "flink-jobs/cluster")) {
            Path target = code.resolve(module).resolve("target");
            Files.createDirectories(target.resolve("classes"));
            Files.createFile(target.resolve("classpath"));
        }
        StackHome home = new StackHome(Files.createDirectories(folder.resolve("home")));
        return new StackSetup(new CodeBase(code), home, PortPlan.free(), Secrets.of(home));
    }

    /** A process in the place of the room, written down as if it had been started just so. */
    private static Process leftBehind(Room room, StackSetup setup, StackOptions options) throws IOException {
        Process process = new ProcessBuilder("sleep", "600").start();
        String fingerprint = new RoomLaunches(setup, options)
                .launch(room)
                .fingerprint(setup.code().buildStamp());
        new PidFile(setup.home().pid(room)).write(process.pid(), fingerprint);
        return process;
    }

    private static List<Room> running(StackSetup setup) {
        return Stream.of(Room.values())
                .filter(room -> new PidFile(setup.home().pid(room)).alive().isPresent())
                .toList();
    }

    @Test
    void nobodyOwnsAFreePort() {
        assertThat(PortOwner.describe(PortPlan.free().edge())).isEmpty();
    }
}
