package io.millrace.inference.registry;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Fetches an object of S3 or of a store that speaks like it. Region, credentials and endpoint are found where every AWS tool finds them:
 * {@code AWS_REGION}, {@code AWS_ACCESS_KEY_ID}, {@code AWS_ENDPOINT_URL_S3}, a profile, the role of the machine.
 */
final class Bucket {
    static final String SCHEME = "s3://";

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration WHOLE = Duration.ofMinutes(30);

    private Bucket() {}

    /** @param source {@code s3://BUCKET/KEY} */
    static void to(URI source, Path target) throws IOException {
        String key = source.getPath().substring(1);
        try (S3Client client = client()) {
            Files.deleteIfExists(target);
            client.getObject(request -> request.bucket(source.getAuthority()).key(key), target);
        } catch (SdkException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    private static S3Client client() {
        return S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE))
                .overrideConfiguration(configuration -> configuration.apiCallTimeout(WHOLE))
                // Other stores know their buckets by path alone; Amazon's knows them so too.
                .forcePathStyle(true)
                .build();
    }
}
