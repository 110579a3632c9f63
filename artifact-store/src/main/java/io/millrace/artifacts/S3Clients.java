package io.millrace.artifacts;

import java.time.Duration;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Clients of S3 and of stores that speak like it. Region, credentials and endpoint are found where every AWS tool finds them:
 * {@code AWS_REGION}, {@code AWS_ACCESS_KEY_ID}, {@code AWS_ENDPOINT_URL_S3}, a profile, the role of the machine. What fails for a moment is
 * tried again, with jitter, as that client does by itself.
 */
public final class S3Clients {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration WHOLE = Duration.ofMinutes(2);
    private static final int CONNECTIONS = 64;

    private S3Clients() {}

    static S3Client forObjects() {
        return lasting(WHOLE);
    }

    /** @param whole how long a call may take, repeats included */
    public static S3Client lasting(Duration whole) {
        return S3Client.builder()
                .httpClientBuilder(ApacheHttpClient.builder()
                        .maxConnections(CONNECTIONS)
                        .connectionTimeout(CONNECT)
                        .connectionAcquisitionTimeout(SILENCE)
                        .socketTimeout(SILENCE))
                .overrideConfiguration(configuration -> configuration.apiCallTimeout(whole))
                // What needs a checksum brings its own; other stores do not know the one that Amazon's client would
                // add.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                // Other stores know their buckets by path alone; Amazon's knows them so too.
                .forcePathStyle(true)
                .build();
    }
}
