package io.millrace.local.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The log of one room. The room appends to it directly, so that it outlives the supervisor; therefore it is bounded by
 * copying it to {@code NAME.1} and cutting it, not by renaming it.
 *
 * @param path where it lies
 */
public record LogFile(Path path) {
    private static final long MAX_BYTES = 32L << 20;
    private static final int LAST_LINES = 80;
    private static final String CAUSE = "Caused by: ";
    private static final int MAX_WORDS = 300;
    private static final int TAIL_BYTES = 64 << 10;

    /** Cuts the file when it is larger than 32 MiB; lines written in that moment may be lost. */
    public void bound() throws IOException {
        if (!Files.exists(path) || Files.size(path) <= MAX_BYTES) {
            return;
        }
        Files.copy(path, path.resolveSibling(path.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }

    /** The last lines, fewer if they are long; none when there is no file. */
    public List<String> tail(int lines) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long from = Math.max(0, file.length() - TAIL_BYTES);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException absent) {
            return List.of();
        }
    }

    /** What the process died of, as far as its last lines tell: the cause, or an error, or the last line. @return at most 300 characters */
    public String lastWords() {
        String last = "";
        String error = "";
        String cause = "";
        for (String line : tail(LAST_LINES)) {
            last = line.strip();
            if (last.startsWith(CAUSE)) {
                // The last of a chain is its root.
                cause = last.substring(CAUSE.length());
            } else if (line.contains("ERROR") || line.contains("Exception")) {
                error = last;
            }
        }
        String words = Stream.of(cause, error, last)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        return words.length() > MAX_WORDS ? words.substring(0, MAX_WORDS) + "..." : words;
    }
}
