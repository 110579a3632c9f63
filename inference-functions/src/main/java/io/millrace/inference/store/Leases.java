package io.millrace.inference.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lease files: the content names the owner, the time of change is its last sign of life. A lease is free again when it is deleted,
 * when its owner is known to be dead, or when the owner gave no sign for {@link #TTL}.
 *
 * <p>A process that was stopped longer than that and goes on may compute what another computes too. That costs work, not truth: the same
 * input gives the same result, and the file of a result is replaced as a whole.
 */
final class Leases {
    static final Duration TTL = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private final Path lock;
    private final LeaseOwner self;
    private final InstantSource clock;
    private final Set<Path> held = ConcurrentHashMap.newKeySet();

    Leases(Path root, LeaseOwner self, InstantSource clock) {
        this.lock = root.resolve("takeover.lock");
        this.self = self;
        this.clock = clock;
    }

    InstantSource clock() {
        return clock;
    }

    Optional<Lease> take(Path file) throws IOException {
        if (!held.add(file)) {
            return Optional.empty();
        }
        boolean taken = false;
        try {
            taken = create(file) || takeOver(file);
        } finally {
            if (!taken) {
                held.remove(file);
            }
        }
        return taken ? Optional.of(() -> release(file)) : Optional.empty();
    }

    /** A file taken over meanwhile gets a sign of life too many: it only stays a little longer if its new owner dies. */
    void renew() {
        for (Path file : held) {
            try {
                Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            } catch (NoSuchFileException e) {
                LOG.debug("event=lease-gone file={}", file.getFileName());
            } catch (IOException e) {
                LOG.warn("event=lease-not-renewed file={} error={}", file.getFileName(), e.toString());
            }
        }
    }

    private boolean create(Path file) throws IOException {
        try {
            write(file);
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private void write(Path file) throws IOException {
        try {
            Files.writeString(file, self.line(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, self.line(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }
    }

    // Two processes may find the same lease abandoned. One at a time looks again and replaces it; the other comes back
    // later.
    private synchronized boolean takeOver(Path file) throws IOException {
        if (!abandoned(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock alone = channel.tryLock()) {
            if (alone == null || !abandoned(file)) {
                return false;
            }
            LOG.info("event=lease-taken-over file={}", file.getFileName());
            Files.deleteIfExists(file);
            return create(file);
        }
    }

    private boolean abandoned(Path file) throws IOException {
        try {
            Instant seen = Files.getLastModifiedTime(file).toInstant();
            if (seen.isBefore(clock.instant().minus(TTL))) {
                return true;
            }
            // A file without an owner is just being written.
            return LeaseOwner.parse(Files.readString(file))
                    .map(owner -> owner.dead(self))
                    .orElse(false);
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    private void release(Path file) {
        try {
            if (Files.readString(file).equals(self.line())) {
                Files.delete(file);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("event=lease-gone file={}", file.getFileName());
        } catch (IOException e) {
            LOG.warn("event=lease-not-released file={} error={}", file.getFileName(), e.toString());
        } finally {
            held.remove(file);
        }
    }
}
