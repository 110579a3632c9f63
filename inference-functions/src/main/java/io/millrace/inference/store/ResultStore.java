package io.millrace.inference.store;

import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.artifact.ArtifactStore;
import io.millrace.schemas.v1.ItemResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Results of phases in a folder that processes share, two levels deep. A file holds the SHA-256 of the rest and the bytes of an
 * {@link ItemResult}; it appears whole or not at all. It is not forced to the disk: what a power failure tears is seen by its digest
 * and computed again. A folder that fails costs reuse, never an answer.
 */
public final class ResultStore {
    /** How long results are kept. */
    public static final Duration KEPT = Duration.ofHours(24);

    /** How often {@link #renewLeases} is to be called. */
    public static final Duration RENEW_EVERY = Leases.TTL.dividedBy(3);

    private static final Logger LOG = LoggerFactory.getLogger(ResultStore.class);
    private static final int DIGEST = 32;

    private final Path root;
    private final ArtifactStore artifacts;
    private final Leases leases;

    public ResultStore(Path root, ArtifactStore artifacts, InstantSource clock) throws IOException {
        this(root, artifacts, new Leases(root, LeaseOwner.thisProcess(), clock));
    }

    ResultStore(Path root, ArtifactStore artifacts, Leases leases) throws IOException {
        this.root = Files.createDirectories(root);
        this.artifacts = artifacts;
        this.leases = leases;
    }

    /** What is stored, if all artifacts it refers to are still there. */
    public Optional<ItemResult> find(ResultKey key) {
        try {
            byte[] file = Files.readAllBytes(path(key, ".result"));
            byte[] body = Arrays.copyOfRange(file, Math.min(DIGEST, file.length), file.length);
            if (!Arrays.equals(
                    file, 0, Math.min(DIGEST, file.length), ResultKey.sha256().digest(body), 0, DIGEST)) {
                LOG.warn("event=result-torn key={}", key.hex());
                return Optional.empty();
            }
            ItemResult result = ItemResult.parseFrom(body);
            for (ArtifactRef ref : References.in(result.getOutput())) {
                if (artifacts.size(ref).isEmpty()) {
                    LOG.warn("event=result-without-artifact key={} artifact={}", key.hex(), ref);
                    return Optional.empty();
                }
            }
            return Optional.of(result);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("event=result-unreadable key={} error={}", key.hex(), e.toString());
            return Optional.empty();
        }
    }

    /** Stores the result; to be called once its artifacts are in the artifact store. */
    public void put(ResultKey key, ItemResult result) {
        byte[] body = result.toByteArray();
        byte[] digest = ResultKey.sha256().digest(body);
        byte[] file = Arrays.copyOf(digest, DIGEST + body.length);
        System.arraycopy(body, 0, file, DIGEST, body.length);
        Path target = path(key, ".result");
        try {
            Files.createDirectories(target.getParent());
            Path part =
                    path(key, "." + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".part");
            Files.write(part, file);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("event=result-not-stored key={} error={}", key.hex(), e.toString());
        }
    }

    /**
     * The right to compute the key; empty while another run in any process on this folder holds it and lives. When the folder cannot be
     * written the right is granted without a lease: computing twice is better than not at all.
     */
    public Optional<Lease> lease(ResultKey key) {
        try {
            return leases.take(path(key, ".lease"));
        } catch (IOException e) {
            LOG.warn("event=lease-not-written key={} error={}", key.hex(), e.toString());
            return Optional.of(Lease.NONE);
        }
    }

    /** Shows other processes that the holders of this one's leases live; to be called every {@link #RENEW_EVERY}. */
    public void renewLeases() {
        leases.renew();
    }

    /** Deletes what is older than {@link #KEPT}. */
    public void sweep() {
        Sweep.olderThan(root, KEPT, leases.clock());
    }

    private Path path(ResultKey key, String ending) {
        String hex = key.hex();
        return root.resolve(hex.substring(0, 2)).resolve(hex.substring(2, 4)).resolve(hex + ending);
    }
}
