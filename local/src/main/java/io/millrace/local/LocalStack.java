package io.millrace.local;

import io.millrace.local.client.Tokens;
import io.millrace.local.home.CodeBase;
import io.millrace.local.home.PortPlan;
import io.millrace.local.home.Secrets;
import io.millrace.local.home.StackHome;
import io.millrace.local.process.Ending;
import io.millrace.local.process.Identity;
import io.millrace.local.process.LogFile;
import io.millrace.local.process.PidFile;
import io.millrace.local.report.RoomState;
import io.millrace.local.report.StackReport;
import io.millrace.local.report.StackState;
import io.millrace.local.report.StatusFile;
import io.millrace.local.room.StackSetup;
import io.millrace.local.supervise.Preflight;
import io.millrace.local.supervise.StackEnding;
import io.millrace.local.supervise.SupervisorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One local stack: every room a process, watched over by a supervisor that outlives whoever started it. The command line
 * and the whole-system tests use this same class. Methods that wait have deadlines and say in a {@link UserError} what was
 * missing.
 */
public final class LocalStack implements AutoCloseable {
    private static final Duration SUPERVISOR_START = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int TAIL = 15;

    private final StackSetup setup;
    private final SupervisorProcess supervisor;

    private LocalStack(StackSetup setup) {
        this.setup = setup;
        this.supervisor = new SupervisorProcess(setup);
    }

    /** A stack by its folder, running or not; touches no process. */
    public static LocalStack at(Path home, int portBase) throws IOException {
        StackHome folder = new StackHome(home);
        Files.createDirectories(folder.folder());
        return new LocalStack(new StackSetup(CodeBase.find(), folder, new PortPlan(portBase), Secrets.of(folder)));
    }

    /**
     * Starts the stack, or finds it running as it was started; returns before it is ready.
     *
     * @param home folder for everything it writes
     * @param portBase see {@link PortPlan}
     * @throws UserError when something is in the way; of a stack that runs, that a room was given up or a fresh start is wanted
     */
    public static LocalStack start(Path home, int portBase, StackOptions options)
            throws IOException, InterruptedException {
        LocalStack stack = at(home, portBase);
        if (stack.isSupervised()) {
            stack.checkSamePorts();
            stack.checkGoesOn(options);
            return stack;
        }
        new Preflight(stack.setup, options).check();
        if (options.fresh()) {
            stack.layJobsAside();
        }
        StackHome folder = stack.setup.home();
        Files.deleteIfExists(folder.status());
        Process process = stack.supervisor.start(options);
        stack.await(SUPERVISOR_START, () -> stack.report().isPresent() || !process.isAlive());
        if (stack.report().isEmpty()) {
            throw new UserError("The supervisor did not start; see " + folder.supervisorLog() + stack.tail(folder));
        }
        return stack;
    }

    /** What the supervisor wrote last; nothing before the first start. */
    public Optional<StackReport> report() {
        return new StatusFile(setup.home().status()).read();
    }

    /** Whether a supervisor watches over the stack. */
    public boolean isSupervised() {
        return supervisor().isPresent();
    }

    /** Whether no process of the stack is left. */
    public boolean isDown() {
        return !isSupervised()
                && Stream.of(Room.values())
                        .allMatch(room ->
                                new PidFile(setup.home().pid(room)).alive().isEmpty());
    }

    /** The process that looks after the rooms, while it lives. */
    public Optional<ProcessHandle> supervisor() {
        return supervisor.alive();
    }

    /** Waits until every room is ready. */
    public void awaitReady(Duration patience) throws InterruptedException {
        awaitReady(patience, report -> {});
    }

    /**
     * Waits until every room is ready.
     *
     * @param seen called with each report on the way
     * @throws UserError when a room was given up, the supervisor has ended, or time ran out
     */
    public void awaitReady(Duration patience, Consumer<StackReport> seen) throws InterruptedException {
        boolean done = await(patience, () -> {
            report().ifPresent(seen);
            return report().map(StackReport::state)
                            .filter(StackState.READY::equals)
                            .isPresent()
                    || !mayBecomeReady();
        });
        Optional<StackReport> report = report();
        if (report.map(StackReport::state).filter(StackState.READY::equals).isPresent()) {
            return;
        }
        checkNotGivenUp();
        String message = report.map(StackReport::message).orElse("");
        if (done) {
            throw new UserError(
                    message.isEmpty()
                            ? "The supervisor has ended; see " + setup.home().supervisorLog() + "."
                            : message);
        }
        throw new UserError(
                "Not ready after " + patience.toSeconds() + " s: waiting for " + String.join(", ", missing())
                        + "; see the logs in " + setup.home().supervisorLog().getParent() + ".");
    }

    /**
     * Takes the stack down, jobs with a savepoint; also what a killed supervisor left behind.
     *
     * @return sentences about what did not end as it should, this time; empty when all went well
     */
    public List<String> stop() throws IOException, InterruptedException {
        boolean watched = supervisor.end();
        List<String> troubles = new StackEnding(setup).end();
        // Without a supervisor the file tells of an earlier end.
        String last = report().filter(report -> watched && report.state() == StackState.STOPPED)
                .map(StackReport::message)
                .orElse("");
        return troubles.isEmpty() && !last.isEmpty() ? List.of(last) : troubles;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        stop();
    }

    /** @throws NoSuchElementException when the room has no process now */
    public long pid(Room room) {
        return process(room).pid();
    }

    /** Ends the room's process as {@code kill -9} does and returns when it is gone; the supervisor starts it again. */
    public void kill(Room room) {
        Ending.kill(process(room));
    }

    /** Ends the supervisor as {@code kill -9} does; the rooms go on. */
    public void killSupervisor() {
        supervisor.kill();
    }

    /** Stops the room's process in its tracks, as {@code kill -STOP} does. */
    public void pause(Room room) throws IOException, InterruptedException {
        signal("-STOP", room);
    }

    /** Lets a paused process go on. */
    public void resume(Room room) throws IOException, InterruptedException {
        signal("-CONT", room);
    }

    /** URLs, credentials and folders of the stack. */
    public StackSetup setup() {
        return setup;
    }

    /**
     * A token of the stack.
     *
     * @param role {@code user}, {@code service} or {@code admin}
     */
    public String token(String user, String role) {
        return new Tokens(setup.secrets().jwt()).issue(user, role);
    }

    private Identity process(Room room) {
        return new PidFile(setup.home().pid(room))
                .read()
                .map(PidFile.Entry::identity)
                .filter(identity -> identity.alive().isPresent())
                .orElseThrow(() -> new NoSuchElementException("the room " + room.id() + " has no process"));
    }

    private void signal(String signal, Room room) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", signal, Long.toString(pid(room))).start();
        if (!kill.waitFor(POLL.toMillis() * 100, TimeUnit.MILLISECONDS) || kill.exitValue() != 0) {
            throw new IOException("kill " + signal + " did not reach the room " + room.id());
        }
    }

    private boolean mayBecomeReady() {
        return isSupervised()
                && report().map(StackReport::state)
                        .filter(StackState.FAILED::equals)
                        .isEmpty();
    }

    private List<String> missing() {
        return report().map(StackReport::rooms).orElse(List.of()).stream()
                .filter(room -> room.state() != RoomState.READY)
                .map(room -> room.room().id())
                .toList();
    }

    private void checkSamePorts() {
        int running = report().map(StackReport::portBase).orElse(setup.ports().base());
        if (running != setup.ports().base()) {
            throw new UserError("The stack in " + setup.home().folder() + " runs with MILLRACE_PORT_BASE=" + running
                    + "; use that, or set MILLRACE_HOME to another folder.");
        }
    }

    /** A stack that runs keeps the state of its jobs, and does not try again what it gave up. */
    private void checkGoesOn(StackOptions options) {
        if (options.fresh()) {
            throw new UserError("The stack in " + setup.home().folder()
                    + " runs, and its jobs with their old state; ./millrace down first, then ./millrace up --fresh.");
        }
        checkNotGivenUp();
    }

    private void checkNotGivenUp() {
        Optional<StackReport> failed = report().filter(report -> report.state() == StackState.FAILED);
        if (failed.isPresent() && isSupervised()) {
            throw new UserError(failed.get().message()
                    + " The other rooms still run: ./millrace down first, then ./millrace up tries again.");
        }
    }

    private void layJobsAside() throws IOException {
        Path jobs = setup.home().jobs();
        if (Files.exists(jobs)) {
            Path aside = jobs.resolveSibling("jobs-laid-aside-" + System.currentTimeMillis());
            Files.move(jobs, aside, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private String tail(StackHome folder) {
        return ":\n" + String.join("\n", new LogFile(folder.supervisorLog()).tail(TAIL));
    }

    private interface Condition {
        boolean holds();
    }

    private boolean await(Duration patience, Condition condition) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
        return true;
    }
}
