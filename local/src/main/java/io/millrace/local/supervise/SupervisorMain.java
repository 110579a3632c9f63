package io.millrace.local.supervise;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.StackOptions;
import io.millrace.local.home.CodeBase;
import io.millrace.local.home.PortPlan;
import io.millrace.local.home.Secrets;
import io.millrace.local.home.StackHome;
import io.millrace.local.process.PidFile;
import io.millrace.local.room.StackSetup;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that keeps a stack up after the command line has ended. Arguments: home, port base. SIGTERM takes the whole
 * stack down; {@code kill -9} leaves the rooms running for the next one to take over. One for each home: the second ends
 * with code 3.
 */
public final class SupervisorMain {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisorMain.class);
    private static final int ALREADY_RUNNING = 3;

    private SupervisorMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        StackHome home = new StackHome(Path.of(args[0]));
        try (FileChannel channel = FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                LOG.error("home={} running=already", home.folder());
                System.exit(ALREADY_RUNNING);
            }
            PidFile pidFile = new PidFile(home.supervisorPid());
            // The launcher has done so too, but when there are two at a time the one with the lock is right.
            pidFile.write(ProcessHandle.current().pid(), SupervisorProcess.FINGERPRINT);
            PortPlan ports = new PortPlan(Integer.parseInt(args[1]));
            StackSetup setup = new StackSetup(CodeBase.find(), home, ports, Secrets.of(home));
            StackOptions options = new ObjectMapper().readValue(Files.readString(home.options()), StackOptions.class);
            Supervisor supervisor = new Supervisor(setup, options);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(supervisor, pidFile), "stop"));
            supervisor.run();
            // From here the shutdown hook does the rest; the lock is held until the process is gone.
            Thread.currentThread().join();
        }
    }

    private static void stop(Supervisor supervisor, PidFile pidFile) {
        try {
            supervisor.stop();
            pidFile.delete();
        } catch (IOException failed) {
            LOG.error("stack=unstopped", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
