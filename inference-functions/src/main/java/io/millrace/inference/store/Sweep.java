package io.millrace.inference.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes old files of the result folder. Several processes may sweep one folder at the same time. */
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private Sweep() {}

    /** Results, leases and unfinished parts alike. */
    static void olderThan(Path root, Duration age, InstantSource clock) {
        Instant before = clock.instant().minus(age);
        long deleted = 0;
        try (Stream<Path> files = Files.find(
                root,
                3,
                (path, attributes) -> attributes.isRegularFile()
                        && !root.equals(path.getParent())
                        && attributes.lastModifiedTime().toInstant().isBefore(before))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                deleted += Files.deleteIfExists(file) ? 1 : 0;
            }
        } catch (UncheckedIOException e) {
            // Another process deleted a file between listing and looking; the next sweep gets the rest.
            if (!(e.getCause() instanceof NoSuchFileException)) {
                LOG.warn("event=results-not-swept error={}", e.toString());
            }
        } catch (IOException e) {
            LOG.warn("event=results-not-swept error={}", e.toString());
        }
        if (deleted > 0) {
            LOG.info("event=results-swept deleted={}", deleted);
        }
    }
}
