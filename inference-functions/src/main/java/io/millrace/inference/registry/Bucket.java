package io.millrace.inference.registry;

import io.millrace.artifacts.S3Clients;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Fetches an object of S3 or of a store that speaks like it.
 *
 * @see S3Clients where region, credentials and endpoint are found
 */
final class Bucket {
    static final String SCHEME = "s3://";

    private static final Duration WHOLE = Duration.ofMinutes(30);

    private Bucket() {}

    /** @param source {@code s3://BUCKET/KEY} */
    static void to(URI source, Path target) throws IOException {
        String key = source.getPath().substring(1);
        try (S3Client client = S3Clients.lasting(WHOLE)) {
            Files.deleteIfExists(target);
            client.getObject(request -> request.bucket(source.getAuthority()).key(key), target);
        } catch (SdkException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }
}
