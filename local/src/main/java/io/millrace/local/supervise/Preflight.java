package io.millrace.local.supervise;

import io.millrace.local.Room;
import io.millrace.local.StackOptions;
import io.millrace.local.UserError;
import io.millrace.local.home.PortPlan;
import io.millrace.local.home.StackHome;
import io.millrace.local.process.Ending;
import io.millrace.local.process.PidFile;
import io.millrace.local.process.PortOwner;
import io.millrace.local.room.RoomLaunches;
import io.millrace.local.room.StackSetup;
import io.millrace.schemas.config.Options;
import io.millrace.schemas.config.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Looks, before anything is started, at what would stop it; each failure is one sentence with its remedy. */
public final class Preflight {
    private static final long MIN_FREE_BYTES = 1L << 30;
    private static final long MIB = 1L << 20;
    private static final Duration RELEASE = Duration.ofSeconds(10);

    private final StackSetup setup;
    private final StackOptions options;

    public Preflight(StackSetup setup, StackOptions options) {
        this.setup = setup;
        this.options = options;
    }

    /** @throws UserError with the first thing that is wrong */
    public void check() throws IOException, InterruptedException {
        checkPlatform();
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.putAll(options.environment().getOrDefault(Room.JOBMANAGER, Map.of()));
        checkRetention(variables);
        checkFolder(setup.home());
        checkDisk(setup.home().folder(), MIN_FREE_BYTES);
        RoomLaunches launches = new RoomLaunches(setup, options);
        Set<Room> adopted = clearLeftovers(launches, setup.code().buildStamp());
        for (PortPlan.Port port : setup.ports().all()) {
            if (options.rooms().contains(port.room()) && !adopted.contains(port.room())) {
                checkPort(port);
            }
        }
    }

    /** Rooms that still run as they would be started now are kept; others a crash left behind are ended. */
    private Set<Room> clearLeftovers(RoomLaunches launches, String stamp) throws IOException {
        Set<Room> adopted = new HashSet<>();
        for (Room room : Room.values()) {
            PidFile file = new PidFile(setup.home().pid(room));
            String fingerprint = mayStay(room) ? launches.launch(room).fingerprint(stamp) : "";
            Optional<PidFile.Entry> left =
                    file.read().filter(entry -> entry.identity().alive().isPresent());
            if (left.isEmpty()) {
                file.delete();
            } else if (left.get().fingerprint().equals(fingerprint)) {
                adopted.add(room);
            } else if (!Ending.end(left.get().identity(), RoomLaunches.grace(room))) {
                throw new UserError("The room " + room.id() + " of an earlier start (pid "
                        + left.get().identity().pid() + ") cannot be ended; kill it and try again.");
            }
        }
        return adopted;
    }

    /** Jobs that run go on with their old state, which a fresh start is about to lay aside. */
    private boolean mayStay(Room room) {
        boolean runsJobs = room == Room.JOBMANAGER || room == Room.TASKMANAGER;
        return options.rooms().contains(room) && !(options.fresh() && runsJobs);
    }

    /** The job would refuse it only when everything else is up. */
    static void checkRetention(Map<String, String> variables) {
        try {
            Retention.of(new Options(new String[0], variables), Retention.MIN);
        } catch (IllegalArgumentException refused) {
            throw new UserError(refused.getMessage() + "; it comes from MILLRACE_RETENTION.");
        }
    }

    static void checkDisk(Path folder, long minimum) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < minimum) {
            throw new UserError("Only " + free / MIB + " MB are free at " + folder + ", but Millrace needs "
                    + minimum / MIB + " MB; free some space or set MILLRACE_HOME to another disk.");
        }
    }

    /** A port that is taken and that no process owns is let go by one that is ending: give it the time. */
    static void checkPort(PortPlan.Port port) throws InterruptedException {
        long end = System.nanoTime() + RELEASE.toNanos();
        while (PortPlan.isTaken(port.number())) {
            Optional<String> owner = PortOwner.describe(port.number());
            if (owner.isPresent() || System.nanoTime() - end >= 0) {
                throw new UserError("Port " + port.number() + " (" + port.purpose() + ") is in use by "
                        + owner.orElse("another process")
                        + "; end it, or set MILLRACE_PORT_BASE to another base.");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static void checkFolder(StackHome home) {
        try {
            Files.createDirectories(home.folder());
        } catch (IOException refused) {
            throw new UserError("The folder " + home.folder() + " cannot be created (" + refused.getMessage()
                    + "); set MILLRACE_HOME to one you may write to.");
        }
        if (!Files.isWritable(home.folder())) {
            throw new UserError("The folder " + home.folder()
                    + " cannot be written to; set MILLRACE_HOME to one you may write to.");
        }
    }

    private static void checkPlatform() {
        String system = System.getProperty("os.name") + "/" + System.getProperty("os.arch");
        if (!system.toLowerCase(Locale.ROOT).equals("linux/amd64")) {
            throw new UserError("The local stack ships programs for Linux on x86-64 only, and this is " + system
                    + "; run it in such a container.");
        }
    }
}
