package io.millrace.artifacts;

import io.millrace.schemas.artifact.FolderArtifactStore;
import io.millrace.schemas.artifact.SweepableStore;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The store that a setting names. */
public final class ArtifactStores {
    private static final String SCHEME = "s3://";
    private static final Pattern BUCKET = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*?)/*)?");

    private ArtifactStores() {}

    /**
     * Asks nobody yet: what is wrong with a bucket shows in its first use.
     *
     * @param location a folder, or {@code s3://BUCKET} or {@code s3://BUCKET/PREFIX}
     * @throws IllegalArgumentException saying what the location must be
     */
    public static SweepableStore at(String location) {
        return isBucket(location) ? bucket(location) : new FolderArtifactStore(Path.of(location));
    }

    /** Whether the location is no folder of this machine. */
    public static boolean isBucket(String location) {
        return location.startsWith(SCHEME);
    }

    private static SweepableStore bucket(String location) {
        Matcher bucket = BUCKET.matcher(location);
        if (!bucket.matches()) {
            throw new IllegalArgumentException(
                    "artifacts must be a folder, s3://BUCKET or s3://BUCKET/PREFIX, not " + location);
        }
        String prefix = bucket.group(2);
        return new S3ArtifactStore(
                S3Clients.forObjects(), bucket.group(1), prefix == null || prefix.isEmpty() ? "" : prefix + "/");
    }
}
