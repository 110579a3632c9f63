package io.millrace.inference.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process holds in memory, its native parts included. */
public final class ResidentMemory {
    private static final long PAGE = 4_096;

    private ResidentMemory() {}

    /** Bytes, from field 2 of proc(5)'s statm; 0 where there is none. */
    public static long bytes() {
        try {
            String[] fields = Files.readString(Path.of("/proc/self/statm"), StandardCharsets.US_ASCII)
                    .split(" ");
            return Long.parseLong(fields[1]) * PAGE;
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }
}
