package io.millrace.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.artifact.StoreUnavailable;
import io.millrace.schemas.artifact.SweepableStore;
import io.millrace.schemas.artifact.SweepableStore.Blob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a store that speaks S3, over HTTP, with signatures. */
class S3ArtifactStoreTest {
    private static final Duration WEEK = Duration.ofDays(7);

    private static ObjectStore server;

    private final SweepableStore store = ArtifactStores.at("s3://" + ObjectStore.BUCKET + "/posters");

    @BeforeAll
    static void start() throws Exception {
        server = ObjectStore.start();
        server.settings().forEach(System::setProperty);
    }

    @AfterAll
    static void stop() throws Exception {
        server.settings().keySet().forEach(System::clearProperty);
        server.close();
    }

    @Test
    void theSameBytesAreOneBlobWhicheverWayTheyCome() throws IOException {
        byte[] bytes = random(300_000, 1);

        ArtifactRef first = store.put(bytes);
        ArtifactRef second = store.put(new ByteArrayInputStream(bytes));

        assertThat(second).isEqualTo(first).isEqualTo(ArtifactRef.of(bytes));
        assertThat(store.read(first)).isEqualTo(bytes);
        assertThat(store.size(first)).contains(300_000L);
        assertThat(listed(first)).singleElement().satisfies(blob -> {
            assertThat(blob.bytes()).isEqualTo(300_000);
            assertThat(blob.storedAt())
                    .isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(5));
        });
    }

    @Test
    void aMissingBlobIsNamed() throws IOException {
        ArtifactRef ref = ArtifactRef.of(random(9, 2));

        assertThat(store.open(ref)).isEmpty();
        assertThat(store.size(ref)).isEmpty();
        assertThatThrownBy(() -> store.read(ref))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(ref.toString());
        assertThat(store.delete(ref, Instant.now())).as("gone already").isTrue();
    }

    @Test
    void whoReadsTheFirstBytesOnlyIsNotInTheWayOfOthers() throws IOException {
        ArtifactRef ref = store.put(random(8 << 20, 3));

        for (int i = 0; i < 200; i++) {
            try (InputStream in = store.open(ref).orElseThrow()) {
                assertThat(in.readNBytes(16)).hasSize(16);
            }
        }
        assertThat(store.read(ref)).hasSize(8 << 20);
    }

    @Test
    void aBlobGoesInTwoRoundsAndIsReadUntilThen() throws IOException {
        byte[] bytes = random(10, 4);
        ArtifactRef ref = store.put(bytes);
        Instant old = Instant.now().minus(WEEK);
        Instant later = Instant.now().plus(WEEK);

        assertThat(store.delete(ref, old)).as("stored since").isFalse();
        assertThat(store.delete(ref, later)).as("out of the way").isFalse();
        assertThat(store.read(ref)).isEqualTo(bytes);
        assertThat(store.size(ref)).contains(10L);
        assertThat(listed(ref))
                .as("counts as young")
                .singleElement()
                .satisfies(blob -> assertThat(blob.storedAt()).isAfter(old));
        assertThat(store.delete(ref, old)).isFalse();

        assertThat(store.delete(ref, later)).isTrue();
        assertThat(store.open(ref)).isEmpty();
        assertThat(listed(ref)).isEmpty();
    }

    @Test
    void whatIsPutAgainOutlivesItsDeletion() throws IOException {
        byte[] bytes = random(10, 5);
        ArtifactRef ref = store.put(bytes);
        Instant later = Instant.now().plus(WEEK);
        store.delete(ref, later);

        store.put(bytes);

        assertThat(store.delete(ref, Instant.now().minus(WEEK))).isFalse();
        assertThat(listed(ref)).hasSize(2);
        assertThat(store.delete(ref, later)).isFalse();
        assertThat(store.read(ref)).isEqualTo(bytes);
        assertThat(store.delete(ref, later)).isTrue();
        assertThat(store.size(ref)).isEmpty();
    }

    @Test
    void whatADocumentNamesIsKnownAsLongAsItLives() throws IOException {
        List<ArtifactRef> pictures = IntStream.range(0, 30)
                .mapToObj(i -> ArtifactRef.of(random(8, 100 + i)))
                .toList();
        ArtifactRef ref = store.put(("{\"pictures\": " + pictures + "}").getBytes(StandardCharsets.UTF_8));
        ArtifactRef shown = ArtifactRef.of(random(8, 200));
        ArtifactRef markup = store.put(new ByteArrayInputStream(
                ("<svg><image href=\"/" + shown.hash() + "\"/></svg>").getBytes(StandardCharsets.UTF_8)));
        ArtifactRef said = ArtifactRef.of(random(8, 300));
        ArtifactRef text = store.put(("see " + said).getBytes(StandardCharsets.UTF_8));

        assertThat(named()).containsAll(pictures).contains(shown).doesNotContain(said);

        Instant later = Instant.now().plus(WEEK);
        for (ArtifactRef each : List.of(ref, markup, text)) {
            store.delete(each, later);
            assertThat(store.delete(each, later)).isTrue();
        }
        assertThat(named()).isEmpty();
    }

    private Set<ArtifactRef> named() throws IOException {
        Set<ArtifactRef> found = new HashSet<>();
        store.named(found::add);
        return found;
    }

    @Test
    void moreThanAPageOfBlobsIsListed() throws IOException {
        SweepableStore other = ArtifactStores.at("s3://" + ObjectStore.BUCKET + "/many/");
        for (int i = 0; i < 1_100; i++) {
            other.put(new byte[] {(byte) i, (byte) (i >> 8)});
        }

        try (Stream<Blob> blobs = other.list()) {
            assertThat(blobs.map(Blob::ref).distinct().count()).isEqualTo(1_100);
        }
        try (Stream<Blob> blobs = store.list()) {
            assertThat(blobs.count()).isLessThan(100);
        }
    }

    @Test
    void whatTheStoreRefusesIsSaidWithTheBucket() {
        System.setProperty("aws.secretAccessKey", "mistyped");
        SweepableStore stranger = ArtifactStores.at("s3://" + ObjectStore.BUCKET);
        try {
            assertThatThrownBy(() -> stranger.put(new byte[1]))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageStartingWith("the bucket " + ObjectStore.BUCKET + " did not do it: ");
        } finally {
            server.settings().forEach(System::setProperty);
        }
        for (String wrong : List.of("s3://", "s3:///posters", "s3://UPPER/x", "s3://a")) {
            assertThatThrownBy(() -> ArtifactStores.at(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("artifacts must be a folder, s3://BUCKET or s3://BUCKET/PREFIX, not s3:");
        }
    }

    private List<Blob> listed(ArtifactRef ref) throws IOException {
        try (Stream<Blob> blobs = store.list()) {
            return blobs.filter(blob -> blob.ref().equals(ref)).toList();
        }
    }

    private static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
