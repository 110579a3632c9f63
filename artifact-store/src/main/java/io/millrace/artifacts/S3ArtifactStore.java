package io.millrace.artifacts;

import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.artifact.BlobNames;
import io.millrace.schemas.artifact.StoreUnavailable;
import io.millrace.schemas.artifact.SweepableStore;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Blobs in a bucket, under {@code blobs/}. Every put sends the bytes, so that a blob is as old as the last put of them, with their MD5:
 * every store of this kind refuses bytes that came otherwise.
 *
 * <p>No store of this kind can delete an object on the condition that it is old, and a put of the same bytes may come between the look
 * and the deletion. So a blob is moved to {@code trash/} first, where it is still read, counts as young, and has to be found unnamed
 * for as long again before it goes.
 */
final class S3ArtifactStore implements SweepableStore {
    private static final String BLOBS = "blobs/";
    private static final String TRASH = "trash/";
    private static final String NAMES = "names/";
    private static final int DIGITS = 64;
    /** A key has at most 1,024 bytes. */
    private static final int NAMES_IN_A_KEY = 12;

    private static final int NOT_FOUND = 404;

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    /** @param prefix empty, or ending with a slash */
    S3ArtifactStore(S3Client client, String bucket, String prefix) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    @Override
    public ArtifactRef put(byte[] bytes) throws IOException {
        ArtifactRef ref = ArtifactRef.of(bytes);
        put(ref, digest("MD5").digest(bytes), RequestBody.fromBytes(bytes));
        note(ref, new ByteArrayInputStream(bytes));
        return ref;
    }

    /** The name of a blob is known when all of it was read: it waits in a temporary file. */
    @Override
    public ArtifactRef put(InputStream in) throws IOException {
        Path part = Files.createTempFile("millrace-blob", null);
        try {
            MessageDigest name = digest("SHA-256");
            MessageDigest md5 = digest("MD5");
            try (OutputStream out =
                    new DigestOutputStream(new DigestOutputStream(Files.newOutputStream(part), name), md5)) {
                in.transferTo(out);
            }
            ArtifactRef ref = new ArtifactRef(HexFormat.of().formatHex(name.digest()));
            put(ref, md5.digest(), RequestBody.fromFile(part));
            try (InputStream again = Files.newInputStream(part)) {
                note(ref, again);
            }
            return ref;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Keeps what the blob names in names of empty objects: who asks lists them and reads no blob. */
    private void note(ArtifactRef ref, InputStream blob) throws IOException {
        TreeSet<String> named = new TreeSet<>();
        BlobNames.in(blob, other -> named.add(other.hash()));
        Iterator<String> left = named.iterator();
        while (left.hasNext()) {
            StringBuilder names = new StringBuilder();
            for (int i = 0; i < NAMES_IN_A_KEY && left.hasNext(); i++) {
                names.append(left.next());
            }
            answer(() -> client.putObject(
                    request -> request.bucket(bucket).key(key(NAMES, ref) + "/" + names), RequestBody.empty()));
        }
    }

    @Override
    public void named(Consumer<ArtifactRef> found) throws IOException {
        answer(() -> {
            keys(NAMES).map(S3Object::key).forEach(key -> {
                String names = key.substring(key.lastIndexOf('/') + 1);
                for (int i = 0; i + DIGITS <= names.length(); i += DIGITS) {
                    found.accept(new ArtifactRef(names.substring(i, i + DIGITS)));
                }
            });
            return true;
        });
    }

    private Stream<S3Object> keys(String place) {
        return client
                .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix + place))
                .contents()
                .stream();
    }

    private void put(ArtifactRef ref, byte[] md5, RequestBody body) throws IOException {
        String checksum = Base64.getEncoder().encodeToString(md5);
        answer(() -> client.putObject(
                request -> request.bucket(bucket).key(key(BLOBS, ref)).contentMD5(checksum), body));
    }

    @Override
    public Optional<InputStream> open(ArtifactRef ref) throws IOException {
        Optional<InputStream> blob = open(BLOBS, ref);
        return blob.isPresent() ? blob : open(TRASH, ref);
    }

    private Optional<InputStream> open(String place, ArtifactRef ref) throws IOException {
        return found(() -> client.getObject(request -> request.bucket(bucket).key(key(place, ref))))
                .map(Whole::new);
    }

    @Override
    public Optional<Long> size(ArtifactRef ref) throws IOException {
        Optional<Blob> blob = head(BLOBS, ref);
        return (blob.isPresent() ? blob : head(TRASH, ref)).map(Blob::bytes);
    }

    private Optional<Blob> head(String place, ArtifactRef ref) throws IOException {
        return found(() -> client.headObject(request -> request.bucket(bucket).key(key(place, ref))))
                .map(head -> new Blob(ref, head.lastModified(), head.contentLength()));
    }

    @Override
    public Stream<Blob> list() {
        return Stream.of(BLOBS, TRASH).flatMap(this::keys).flatMap(object -> blob(object).stream());
    }

    private static Optional<Blob> blob(S3Object object) {
        String name = object.key().substring(object.key().lastIndexOf('/') + 1);
        return ArtifactRef.isHash(name)
                ? Optional.of(new Blob(new ArtifactRef(name), object.lastModified(), object.size()))
                : Optional.empty();
    }

    @Override
    public boolean delete(ArtifactRef ref, Instant unlessStoredSince) throws IOException {
        Optional<Blob> blob = head(BLOBS, ref);
        if (blob.isPresent()) {
            if (isOld(blob.get(), unlessStoredSince)) {
                answer(() -> client.copyObject(request -> request.sourceBucket(bucket)
                        .sourceKey(key(BLOBS, ref))
                        .destinationBucket(bucket)
                        .destinationKey(key(TRASH, ref))));
                remove(BLOBS, ref);
            }
            return false;
        }
        Optional<Blob> trash = head(TRASH, ref);
        if (trash.isPresent() && !isOld(trash.get(), unlessStoredSince)) {
            return false;
        }
        remove(TRASH, ref);
        for (String key : names(ref)) {
            answer(() -> client.deleteObject(request -> request.bucket(bucket).key(key)));
        }
        return !putMeanwhile(ref);
    }

    /** The names of one that was put between the look and here may have gone with those before: they are noted again. */
    private boolean putMeanwhile(ArtifactRef ref) throws IOException {
        Optional<InputStream> again = open(BLOBS, ref);
        if (again.isPresent()) {
            try (InputStream in = again.get()) {
                note(ref, in);
            }
        }
        return again.isPresent();
    }

    private List<String> names(ArtifactRef ref) throws IOException {
        return answer(() -> keys(NAMES + ref.hash()).map(S3Object::key).toList());
    }

    private static boolean isOld(Blob blob, Instant since) {
        return blob.storedAt().isBefore(since);
    }

    private void remove(String place, ArtifactRef ref) throws IOException {
        answer(() -> client.deleteObject(request -> request.bucket(bucket).key(key(place, ref))));
    }

    private String key(String place, ArtifactRef ref) {
        return prefix + place + ref.hash();
    }

    private interface Call<T> {
        T answer() throws SdkException;
    }

    private <T> Optional<T> found(Call<T> call) throws IOException {
        try {
            return Optional.of(call.answer());
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw failed(e);
        } catch (SdkException e) {
            throw failed(e);
        }
    }

    private <T> T answer(Call<T> call) throws IOException {
        try {
            return call.answer();
        } catch (SdkException e) {
            throw failed(e);
        }
    }

    private StoreUnavailable failed(SdkException e) {
        return new StoreUnavailable("the bucket " + bucket + " did not do it: " + e.getMessage(), e);
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    /** Who stops reading early gives the connection up: to close it in order would be to read all the rest. */
    private static final class Whole extends FilterInputStream {
        private final ResponseInputStream<GetObjectResponse> response;
        private boolean ended;

        Whole(ResponseInputStream<GetObjectResponse> response) {
            super(response);
            this.response = response;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            ended |= read < 0;
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            ended |= read < 0;
            return read;
        }

        @Override
        public void close() throws IOException {
            if (ended) {
                super.close();
            } else {
                response.abort();
            }
        }
    }
}
