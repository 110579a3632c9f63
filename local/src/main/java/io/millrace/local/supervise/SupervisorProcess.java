package io.millrace.local.supervise;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.StackOptions;
import io.millrace.local.process.Ending;
import io.millrace.local.process.Identity;
import io.millrace.local.process.Launch;
import io.millrace.local.process.PidFile;
import io.millrace.local.room.RoomLaunches;
import io.millrace.local.room.StackSetup;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The supervisor of one stack as others see it: they start, find and end it by its pid file. */
public final class SupervisorProcess {
    static final String FINGERPRINT = "supervisor";

    private static final Duration GRACE = Duration.ofSeconds(90);
    /** Held from its start until it is written down: Ctrl-C ends the stack in another thread. */
    private static final Object STARTING = new Object();

    private final StackSetup setup;
    private final PidFile file;

    public SupervisorProcess(StackSetup setup) {
        this.setup = setup;
        this.file = new PidFile(setup.home().supervisorPid());
    }

    /**
     * Starts it and writes it down at once. It does so itself too, but some hundred milliseconds later, and until then whoever
     * ends the stack would not find it.
     */
    public Process start(StackOptions options) throws IOException {
        new ObjectMapper().writeValue(setup.home().options().toFile(), options);
        Launch launch = new RoomLaunches(setup, options).supervisor(SupervisorMain.class.getName());
        synchronized (STARTING) {
            Process process = launch.startDetached();
            // Two launchers at a time: the file is the first one's, until a supervisor has the lock and writes itself.
            if (file.alive().isEmpty()) {
                file.keep(process, FINGERPRINT);
            }
            return process;
        }
    }

    /** Its process while it lives. */
    public Optional<ProcessHandle> alive() {
        return file.alive();
    }

    /** Ends it, and with it the rooms. @return whether there was one */
    public boolean end() throws IOException {
        Optional<Identity> found;
        synchronized (STARTING) {
            found = file.read().map(PidFile.Entry::identity);
        }
        if (found.isEmpty()) {
            return false;
        }
        boolean ran = found.get().alive().isPresent();
        if (Ending.end(found.get(), GRACE)) {
            file.delete(found.get());
        }
        return ran;
    }

    /** Ends it as {@code kill -9} does; the rooms go on. */
    public void kill() {
        file.read().map(PidFile.Entry::identity).ifPresent(Ending::kill);
    }
}
