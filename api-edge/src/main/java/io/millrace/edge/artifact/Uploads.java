package io.millrace.edge.artifact;

import io.millrace.edge.access.Caller;
import io.millrace.edge.body.Bodies;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.artifact.ArtifactStore;
import io.millrace.schemas.task.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes files in: pictures and documents whose first bytes say what they are, streamed to disk and from there into the store. */
@Component
public final class Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final long MAX_BYTES = 64L << 20;
    private static final long MAX_WRAPPING = 64L << 10;

    private final ArtifactStore artifacts;
    private final UploadStore store;

    Uploads(ArtifactStore artifacts, UploadStore store) {
        this.artifacts = artifacts;
        this.store = store;
    }

    /** A file that was taken in. */
    public record Uploaded(ArtifactRef ref, String fileName, String mediaType, long size) {}

    /** Stores the file of a multipart body, or the body itself; fails with 413 beyond 64 MiB, 415 when it is no picture or document. */
    public Mono<Uploaded> take(Caller caller, Flux<DataBuffer> body) {
        return Bodies.spooled(
                body,
                MAX_BYTES + MAX_WRAPPING,
                file -> Mono.fromCallable(() -> stored(file))
                        .flatMap(upload -> store.remember(caller.userId(), upload))
                        .doOnNext(upload -> LOG.info(
                                "event=uploaded artifact={} bytes={} by={}",
                                upload.ref(),
                                upload.size(),
                                caller.label())));
    }

    /** Keeps a file that came without wrapping for a user; fails as {@link #take}, with 413 beyond so many bytes. */
    public Mono<Uploaded> keep(String userId, String fileName, Flux<DataBuffer> body, long maxBytes) {
        return Bodies.spooled(
                body,
                maxBytes,
                file -> Mono.fromCallable(() -> {
                            try (InputStream content = Files.newInputStream(file)) {
                                String mediaType = mediaType(file);
                                ArtifactRef ref = artifacts.put(content);
                                return new Uploaded(ref, fileName, mediaType, Files.size(file));
                            }
                        })
                        .flatMap(upload -> store.remember(userId, upload)));
    }

    private static String mediaType(Path file) throws IOException {
        try (InputStream head = Files.newInputStream(file)) {
            Sniffed sniffed = Sniffed.of(head.readNBytes(Sniffed.HEAD));
            requireKnown(sniffed);
            return sniffed.mediaType();
        }
    }

    private static void requireKnown(Sniffed sniffed) {
        if (sniffed == Sniffed.OTHER || sniffed == Sniffed.JSON) {
            throw Problem.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    ErrorCode.BAD_INPUT,
                    "the file is none that is taken in",
                    "Send a PNG, JPEG, GIF, WebP, PSD or PDF file.");
        }
    }

    private Uploaded stored(Path file) throws IOException {
        try (MultipartFile part = MultipartFile.of(file)) {
            if (part.size() == 0) {
                throw Problem.invalid("file", "is empty", "Send the bytes of the file.");
            }
            Sniffed sniffed = Sniffed.of(part.head(Sniffed.HEAD));
            requireKnown(sniffed);
            try (InputStream content = part.content()) {
                return new Uploaded(artifacts.put(content), part.fileName(), sniffed.mediaType(), part.size());
            }
        }
    }
}
