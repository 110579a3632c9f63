package io.millrace.local.supervise;

import io.millrace.local.Room;
import io.millrace.local.StackOptions;
import io.millrace.local.probe.Probes;
import io.millrace.local.report.RoomReport;
import io.millrace.local.report.RoomState;
import io.millrace.local.report.StackReport;
import io.millrace.local.report.StackState;
import io.millrace.local.report.StatusFile;
import io.millrace.local.room.RoomLaunches;
import io.millrace.local.room.StackSetup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches over all rooms of one stack until it is told to stop, and writes down how they are. */
final class Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final long REPORT_MILLIS = 200;
    private static final long JOIN_MILLIS = 5000;

    private final StackSetup setup;
    private final StatusFile status;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Map<Room, RoomKeeper> keepers = new EnumMap<>(Room.class);
    private final List<Thread> threads = new ArrayList<>();
    private final long startedAt = System.currentTimeMillis();
    private final long startedNanos = System.nanoTime();
    private long readyAfterMs;

    Supervisor(StackSetup setup, StackOptions options) throws IOException {
        this.setup = setup;
        this.status = new StatusFile(setup.home().status());
        RoomLaunches launches = new RoomLaunches(setup, options);
        String stamp = setup.code().buildStamp();
        for (Room room : Room.values()) {
            if (!options.rooms().contains(room)) {
                continue;
            }
            List<Room> needs =
                    room.needs().stream().filter(options.rooms()::contains).toList();
            RoomReport first = new RoomReport(
                    room,
                    RoomState.WAITING,
                    0,
                    setup.ports().of(room),
                    0,
                    0,
                    setup.home().log(room).toString(),
                    "");
            RoomKeeper keeper = new RoomKeeper(
                    first,
                    setup.home(),
                    launches,
                    Probes.of(room, setup),
                    new RoomKeeper.Surroundings(stamp, () -> areReady(needs), stopping));
            keepers.put(room, keeper);
            threads.add(new Thread(keeper, "keep-" + room.id()));
        }
    }

    /** Runs until {@link #stop()}, which may come first: then no room is started. Reports five times a second when something has changed, once a second anyway. */
    void run() throws IOException, InterruptedException {
        threads.forEach(Thread::start);
        StackReport last = report();
        status.write(last);
        while (!stopping.await(REPORT_MILLIS, TimeUnit.MILLISECONDS)) {
            StackReport next = report();
            if (!next.rooms().equals(last.rooms()) || next.updatedAt() - last.updatedAt() >= 1000) {
                status.write(next);
                last = next;
            }
        }
    }

    /** Ends every room; returns when they are gone. */
    void stop() throws InterruptedException, IOException {
        stopping.countDown();
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join(JOIN_MILLIS);
        }
        status.write(stack(StackState.STOPPING, "", reports()));
        List<String> troubles = new StackEnding(setup).end();
        List<RoomReport> ended =
                reports().stream().map(room -> room.in(RoomState.STOPPED, "")).toList();
        status.write(stack(StackState.STOPPED, String.join(" ", troubles), ended));
        LOG.info("stack=stopped troubles={}", troubles.size());
    }

    private boolean areReady(List<Room> rooms) {
        return rooms.stream().allMatch(room -> {
            RoomKeeper keeper = keepers.get(room);
            return keeper != null && keeper.report().state() == RoomState.READY;
        });
    }

    private StackReport report() {
        List<RoomReport> rooms = reports();
        StackState state = StackState.of(rooms.stream().map(RoomReport::state).toList(), readyAfterMs > 0);
        if (state == StackState.READY && readyAfterMs == 0) {
            readyAfterMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
            LOG.info("stack=ready after_ms={}", readyAfterMs);
        }
        String message = rooms.stream()
                .filter(room -> room.state() == RoomState.FAILED)
                .map(room -> "The room " + room.room().id() + " was given up: " + room.message() + ".")
                .collect(Collectors.joining(" "));
        return stack(state, message, rooms);
    }

    private List<RoomReport> reports() {
        return keepers.values().stream().map(RoomKeeper::report).toList();
    }

    private StackReport stack(StackState state, String message, List<RoomReport> rooms) {
        return new StackReport(
                state,
                message,
                ProcessHandle.current().pid(),
                setup.ports().base(),
                startedAt,
                readyAfterMs,
                System.currentTimeMillis(),
                rooms);
    }
}
