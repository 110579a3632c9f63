package io.millrace.local.supervise;

import io.millrace.local.Room;
import io.millrace.local.UserError;
import io.millrace.local.home.StackHome;
import io.millrace.local.probe.Probe;
import io.millrace.local.process.Ending;
import io.millrace.local.process.Identity;
import io.millrace.local.process.Launch;
import io.millrace.local.process.LogFile;
import io.millrace.local.process.PidFile;
import io.millrace.local.report.RoomReport;
import io.millrace.local.report.RoomState;
import io.millrace.local.room.RoomLaunches;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one room alive, in a thread of its own: starts it or takes over the process a killed supervisor left behind, asks
 * how it is, and starts it again when it has ended. A process that runs but does not answer is reported, never killed: a
 * pause may pass.
 */
final class RoomKeeper implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RoomKeeper.class);
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration CALM = Duration.ofSeconds(2);

    private final Room room;
    private final RoomLaunches launches;
    private final String buildStamp;
    private final BooleanSupplier mayStart;
    private final CountDownLatch stopping;
    private final PidFile pidFile;
    private final LogFile log;
    private final Probe probe;
    private final Backoff backoff = new Backoff(ThreadLocalRandom.current());
    private volatile RoomReport report;
    /** Whether the log could not be cut when it was last looked at; said once. */
    private boolean overlong;

    RoomKeeper(RoomReport first, StackHome home, RoomLaunches launches, Probe probe, Surroundings surroundings) {
        this.room = first.room();
        this.report = first;
        this.launches = launches;
        this.probe = probe;
        this.buildStamp = surroundings.buildStamp();
        this.mayStart = surroundings.mayStart();
        this.stopping = surroundings.stopping();
        this.pidFile = new PidFile(home.pid(room));
        this.log = new LogFile(home.log(room));
    }

    /**
     * @param buildStamp of the code that is run
     * @param mayStart whether the rooms that this one needs are ready
     * @param stopping opened when the stack goes down
     */
    record Surroundings(String buildStamp, BooleanSupplier mayStart, CountDownLatch stopping) {}

    RoomReport report() {
        return report;
    }

    @Override
    public void run() {
        try (probe) {
            keep();
        } catch (UserError failed) {
            giveUp(failed.toString());
        } catch (RuntimeException failed) {
            LOG.error("room={} kept=false", room.id(), failed);
            giveUp(failed.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep() throws InterruptedException {
        while (!mayStart.getAsBoolean()) {
            if (pauseOrStop(TICK)) {
                return;
            }
        }
        while (stopping.getCount() > 0) {
            Optional<String> end = live();
            if (end.isEmpty()) {
                return;
            }
            report = report.ended(end.get());
            Optional<Duration> pause = backoff.next();
            LOG.warn(
                    "room={} ended=true restarts={} pause={} reason={}",
                    room.id(),
                    report.restarts(),
                    pause,
                    end.get());
            if (pause.isEmpty()) {
                giveUp("it was started " + Backoff.MAX_STARTS + " times in a row in vain; at last " + end.get());
                return;
            }
            if (pauseOrStop(pause.get())) {
                return;
            }
        }
    }

    /** One life of the room. @return what ended it, which may pass, as a full disk does; nothing when the stack goes down */
    private Optional<String> live() throws InterruptedException {
        Identity process;
        try {
            process = adoptOrStart();
        } catch (IOException failed) {
            return Optional.of("it could not be started: " + failed);
        }
        return watch(process)
                ? Optional.empty()
                : Optional.of("its process " + process.pid() + " ended, saying: " + log.lastWords());
    }

    private Identity adoptOrStart() throws IOException {
        launches.prepare(room);
        Launch launch = launches.launch(room);
        String fingerprint = launch.fingerprint(buildStamp);
        Optional<PidFile.Entry> left =
                pidFile.read().filter(entry -> entry.identity().alive().isPresent());
        if (left.isPresent()) {
            Identity identity = left.get().identity();
            if (left.get().fingerprint().equals(fingerprint)) {
                LOG.info("room={} pid={} adopted=true", room.id(), identity.pid());
                report = report.running(identity.pid(), System.currentTimeMillis());
                return identity;
            }
            Ending.end(identity, RoomLaunches.grace(room));
        }
        boundLog();
        Process process = launches.start(room, launch);
        Identity identity = pidFile.keep(process, fingerprint);
        report = report.running(process.pid(), System.currentTimeMillis());
        LOG.info("room={} pid={} started=true", room.id(), process.pid());
        return identity;
    }

    /** @return whether the stack goes down; false when the process has ended */
    private boolean watch(Identity process) throws InterruptedException {
        long readySince = 0;
        long nextQuestion = 0;
        while (process.alive().isPresent()) {
            long now = System.nanoTime();
            if (now - nextQuestion >= 0 || nextQuestion == 0) {
                boolean ready = ask();
                if (!ready) {
                    readySince = 0;
                } else if (readySince == 0) {
                    readySince = now;
                }
                if (readySince != 0 && now - readySince > Backoff.LASTING.toNanos()) {
                    backoff.reset();
                }
                boundLog();
                nextQuestion = System.nanoTime() + (ready ? CALM : TICK).toNanos();
            }
            if (pauseOrStop(TICK)) {
                return true;
            }
        }
        return false;
    }

    private boolean ask() throws InterruptedException {
        boolean ready;
        try {
            ready = probe.isReady();
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception no) {
            ready = false;
        }
        RoomState before = report.state();
        if (ready && before != RoomState.READY) {
            report = report.in(RoomState.READY, "");
            LOG.info("room={} pid={} ready=true", room.id(), report.pid());
        } else if (!ready && before == RoomState.READY) {
            report = report.in(RoomState.UNHEALTHY, "it stopped answering");
            LOG.warn("room={} pid={} ready=false", room.id(), report.pid());
        }
        return ready;
    }

    /** A log that cannot be cut, as on a full disk, is no reason to leave the room alone: it is tried again. */
    private void boundLog() {
        try {
            log.bound();
            overlong = false;
        } catch (IOException failed) {
            if (!overlong) {
                LOG.warn("room={} log={} bounded=false error={}", room.id(), log.path(), failed.toString());
            }
            overlong = true;
        }
    }

    private void giveUp(String why) {
        report = report.in(RoomState.FAILED, why + "; see " + log.path());
        LOG.error("room={} failed=true reason={}", room.id(), why);
    }

    private boolean pauseOrStop(Duration pause) throws InterruptedException {
        return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
