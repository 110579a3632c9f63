package io.millrace.local.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process takes of the machine's memory. */
public final class Memory {
    private static final String RESIDENT = "VmRSS:";
    private static final long KIB = 1024;

    private Memory() {}

    /** Resident set in bytes; 0 when the process is gone or cannot be looked at. */
    public static long resident(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try {
            if (Files.exists(status)) {
                return Files.readAllLines(status, StandardCharsets.ISO_8859_1).stream()
                        .filter(line -> line.startsWith(RESIDENT))
                        .mapToLong(line -> kibibytes(line.substring(RESIDENT.length())) * KIB)
                        .findFirst()
                        .orElse(0);
            }
            return fromPs(pid);
        } catch (IOException gone) {
            return 0;
        }
    }

    private static long fromPs(long pid) throws IOException {
        Process process = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            return line == null ? 0 : kibibytes(line) * KIB;
        }
    }

    private static long kibibytes(String text) {
        String digits = text.replace("kB", "").strip();
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }
}
