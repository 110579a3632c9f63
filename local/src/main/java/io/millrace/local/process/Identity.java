package io.millrace.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process and nothing but that process: the number alone is given to somebody else one day.
 *
 * @param pid the process id
 * @param birth when it was started, in a form that stays equal as long as it lives
 */
public record Identity(long pid, String birth) {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    /** Counted after the closing parenthesis of the name, which may itself hold spaces. */
    private static final int STATE = 0;

    private static final int START_TIME = 19;

    /** The process with this number as of now, or nothing if there is none. */
    public static Optional<Identity> of(long pid) {
        return ProcessHandle.of(pid).filter(Identity::runs).map(handle -> new Identity(pid, birth(handle)));
    }

    /** A handle of this very process if it still runs. */
    public Optional<ProcessHandle> alive() {
        return ProcessHandle.of(pid)
                .filter(Identity::runs)
                .filter(handle -> birth(handle).equals(birth));
    }

    private static boolean runs(ProcessHandle handle) {
        // A dead child nobody has waited for still has an entry: state Z.
        return handle.isAlive()
                && statistics(handle.pid())
                        .map(fields -> !fields[STATE].equals("Z"))
                        .orElse(true);
    }

    /**
     * On Linux boot and clock ticks since, because the wall clock times the JDK derives from them shift by a second when
     * the clock is adjusted.
     */
    private static String birth(ProcessHandle handle) {
        Optional<String[]> fields = statistics(handle.pid());
        if (fields.isPresent()) {
            return bootId() + "/" + fields.get()[START_TIME];
        }
        return handle.info().startInstant().map(Object::toString).orElse("unknown");
    }

    private static String bootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException notLinux) {
            return "boot";
        }
    }

    private static Optional<String[]> statistics(long pid) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return Optional.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
        } catch (IOException notLinuxOrGone) {
            return Optional.empty();
        }
    }
}
