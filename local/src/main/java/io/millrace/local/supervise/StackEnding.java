package io.millrace.local.supervise;

import io.millrace.local.Room;
import io.millrace.local.process.Ending;
import io.millrace.local.process.Identity;
import io.millrace.local.process.PidFile;
import io.millrace.local.room.RoomLaunches;
import io.millrace.local.room.StackSetup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends every room in the order that loses nothing: first who lets tasks in, then the jobs with a savepoint, last the logs
 * and tables they wrote to. Works from the pid files alone, so that it also ends what a killed supervisor left behind.
 */
public final class StackEnding {
    private static final Logger LOG = LoggerFactory.getLogger(StackEnding.class);
    private static final Duration SAVEPOINTS = Duration.ofSeconds(30);
    private static final Duration JOBS_DONE = Duration.ofSeconds(5);

    private final StackSetup setup;

    public StackEnding(StackSetup setup) {
        this.setup = setup;
    }

    /** @return sentences about what did not end as it should; empty when all went well */
    public List<String> end() throws InterruptedException, IOException {
        List<String> troubles = new ArrayList<>();
        end(troubles, Room.EDGE);
        stopJobs(troubles);
        end(troubles, Room.JOBMANAGER, Room.TASKMANAGER, Room.INFERENCE);
        end(troubles, Room.BROKER, Room.DATABASE);
        return troubles;
    }

    private void stopJobs(List<String> troubles) throws InterruptedException {
        Optional<Identity> jobManager = process(Room.JOBMANAGER);
        if (jobManager.isEmpty()) {
            return;
        }
        int unstopped = new JobStop(setup.flinkUrl(), setup.home().jobs()).stopAll(SAVEPOINTS);
        if (unstopped > 0) {
            troubles.add(
                    "Not every job could be stopped with a savepoint; one that could not goes on from its newest checkpoint.");
            return;
        }
        // Its jobs have finished, so it ends by itself and tells the TaskManager.
        Ending.awaitGone(jobManager.get(), JOBS_DONE);
    }

    private void end(List<String> troubles, Room... rooms) throws IOException {
        List<CompletableFuture<Boolean>> ends = new ArrayList<>();
        for (Room room : rooms) {
            ends.add(CompletableFuture.supplyAsync(
                    () -> end(room), task -> new Thread(task, "end-" + room.id()).start()));
        }
        for (int i = 0; i < rooms.length; i++) {
            if (ends.get(i).join()) {
                new PidFile(setup.home().pid(rooms[i])).delete();
            } else {
                troubles.add("The room " + rooms[i].id() + " (pid "
                        + process(rooms[i]).map(Identity::pid).orElse(0L) + ") cannot be ended; kill it by hand.");
            }
        }
    }

    private boolean end(Room room) {
        Optional<Identity> process = process(room);
        if (process.isEmpty()) {
            return true;
        }
        boolean gone = Ending.end(process.get(), RoomLaunches.grace(room));
        LOG.info("room={} pid={} gone={}", room.id(), process.get().pid(), gone);
        return gone;
    }

    private Optional<Identity> process(Room room) {
        return new PidFile(setup.home().pid(room))
                .read()
                .map(PidFile.Entry::identity)
                .filter(identity -> identity.alive().isPresent());
    }
}
