package io.millrace.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers beside the checkpoints that a job once had one, so that their loss is noticed instead of being taken for a
 * first start. A job that ended before its first checkpoint has committed nothing and may start empty again.
 */
final class RunMarker {
    private static final Logger LOG = LoggerFactory.getLogger(RunMarker.class);
    private static final String FILE = "has-run";
    private static final long POLL_MILLIS = 1000;

    private RunMarker() {}

    /** @throws IllegalStateException when the job has had a checkpoint before */
    static void refuseIfPresent(Path folder, String job) throws IOException {
        Path marker = folder.resolve(FILE);
        if (!Files.exists(marker)) {
            return;
        }
        throw new IllegalStateException("job " + job + " has run before ("
                + Files.readString(marker).strip() + ") but " + folder
                + " holds no checkpoint that can be read. Put it back, or start without the old state:"
                + " ./millrace up --fresh");
    }

    static void write(Path folder, RestorePoint point) throws IOException {
        String text = "checkpoint " + point.checkpointId() + " of " + point.completedAt() + "\n";
        Files.write(folder.resolve(FILE), text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the marker as soon as there is a first restore point; a daemon thread that ends then. */
    static void watch(Path folder) {
        if (Files.exists(folder.resolve(FILE))) {
            return;
        }
        Thread thread = new Thread(() -> awaitFirst(folder), "run-marker-" + folder.getFileName());
        thread.setDaemon(true);
        thread.start();
    }

    private static void awaitFirst(Path folder) {
        try {
            while (!written(folder)) {
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** A disk that is full, or a file that went while it was read, is no reason to give up: the next look may succeed. */
    private static boolean written(Path folder) {
        try {
            Optional<RestorePoint> first = RestorePoints.in(folder).newest();
            if (first.isPresent()) {
                write(folder, first.get());
            }
            return first.isPresent();
        } catch (IOException | UncheckedIOException failed) {
            LOG.warn("folder={} marker=unwritten error={}", folder, failed.toString());
            return false;
        }
    }
}
