package io.millrace.inference.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process that may hold leases, written as {@code place pid start}.
 *
 * @param place where process ids mean the same: the boot and the process namespace on Linux, the host name elsewhere
 * @param startMillis wall clock of its start, for process ids are given out again
 */
record LeaseOwner(String place, long pid, long startMillis) {
    /** The system derives the start from its boot time, which a clock adjustment moves a little. */
    private static final long SAME_START_MILLIS = 5_000;

    static LeaseOwner thisProcess() {
        ProcessHandle process = ProcessHandle.current();
        return new LeaseOwner(thisPlace(), process.pid(), startMillis(process));
    }

    static Optional<LeaseOwner> parse(String line) {
        String[] parts = line.strip().split(" ", 3);
        try {
            return parts.length == 3
                    ? Optional.of(new LeaseOwner(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2])))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    String line() {
        return place + " " + pid + " " + startMillis;
    }

    /** Whether the owner surely lives no more; false when that cannot be known from here. */
    boolean dead(LeaseOwner here) {
        if (!place.equals(here.place)) {
            return false;
        }
        return ProcessHandle.of(pid)
                .filter(process -> Math.abs(startMillis(process) - startMillis) < SAME_START_MILLIS)
                .isEmpty();
    }

    private static long startMillis(ProcessHandle process) {
        return process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
    }

    private static String thisPlace() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip() + "/"
                    + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException | UnsupportedOperationException e) {
            return hostName();
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
