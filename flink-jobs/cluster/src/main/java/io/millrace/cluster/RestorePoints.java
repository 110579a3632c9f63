package io.millrace.cluster;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints and savepoints of one job, over all its runs. Flink gives each run a folder of its own
 * ({@code checkpoints/JOB_ID/chk-N/_metadata}); savepoints lie in {@code savepoints/savepoint-X/_metadata}.
 */
final class RestorePoints {
    private static final Logger LOG = LoggerFactory.getLogger(RestorePoints.class);
    private static final String METADATA = "_metadata";
    /** Runs and savepoints that stay when a newer run begins: the way back if the newest turns out to be unusable. */
    private static final int KEPT = 3;

    private final Path job;

    private RestorePoints(Path job) {
        this.job = job;
    }

    /** @param job the job's folder */
    static RestorePoints in(Path job) {
        return new RestorePoints(job);
    }

    /** The newest one whose metadata can be read and whose files are all there. */
    Optional<RestorePoint> newest() throws IOException {
        List<RestorePoint> points = new ArrayList<>();
        for (Path folder : candidates()) {
            read(folder).ifPresent(points::add);
        }
        return points.stream().max(RestorePoint.BY_AGE);
    }

    /**
     * Deletes runs and savepoints beyond the newest few. Safe because a run restored in the default mode (no claim) needs
     * nothing of its forerunner once it has a checkpoint of its own.
     *
     * @param start where the coming run starts from: always kept
     */
    void prune(RestorePoint start) throws IOException {
        List<Path> runs = new ArrayList<>(children(job.resolve("checkpoints")));
        runs.addAll(children(job.resolve("savepoints")));
        runs.sort(Comparator.comparing(RestorePoints::lastUse).reversed());
        for (Path run : runs.subList(Math.min(KEPT, runs.size()), runs.size())) {
            if (!start.folder().startsWith(run)) {
                delete(run);
                LOG.info("folder={} pruned=true", run);
            }
        }
    }

    private List<Path> candidates() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Path run : children(job.resolve("checkpoints"))) {
            for (Path checkpoint : children(run)) {
                addIfComplete(folders, checkpoint);
            }
        }
        for (Path savepoint : children(job.resolve("savepoints"))) {
            addIfComplete(folders, savepoint);
        }
        return folders;
    }

    private static void addIfComplete(List<Path> folders, Path folder) {
        // Flink writes the metadata last and under another name first: a folder without it was never completed.
        if (Files.exists(folder.resolve(METADATA))) {
            folders.add(folder);
        }
    }

    private static Optional<RestorePoint> read(Path folder) {
        Path file = folder.resolve(METADATA);
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            CheckpointMetadata metadata =
                    Checkpoints.loadCheckpointMetadata(in, RestorePoints.class.getClassLoader(), folder.toString());
            Set<Path> missing = new HashSet<>(StateFiles.of(metadata));
            missing.removeIf(RestorePoints::hasContent);
            if (!missing.isEmpty()) {
                LOG.warn("folder={} skipped=true missing={}", folder, missing);
                return Optional.empty();
            }
            return Optional.of(new RestorePoint(
                    folder,
                    metadata.getCheckpointId(),
                    Files.getLastModifiedTime(file).toInstant()));
        } catch (NoSuchFileException subsumed) {
            // The running job deletes old checkpoints while somebody looks.
            return Optional.empty();
        } catch (IOException | RuntimeException broken) {
            LOG.warn("folder={} skipped=true error={}", folder, broken.toString());
            return Optional.empty();
        }
    }

    private static boolean hasContent(Path file) {
        try {
            return Files.size(file) > 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static long lastUse(Path folder) {
        try (Stream<Path> all = Files.walk(folder, 1)) {
            return all.mapToLong(path -> path.toFile().lastModified()).max().orElse(0);
        } catch (IOException gone) {
            return 0;
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).toList();
        } catch (NoSuchFileException gone) {
            return List.of();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
