package io.millrace.edge.artifact;

import io.millrace.edge.access.Caller;
import io.millrace.edge.access.LinkSigner;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.artifact.ArtifactStore;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Hands out blobs, for ever unchanged under their hash, to holders of a signed link and to those whose tasks or posters refer to them. */
@RestController
final class ArtifactController {
    private static final int CHUNK = 64 * 1024;
    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable();

    private static final Logger LOG = LoggerFactory.getLogger(ArtifactController.class);

    private final ArtifactStore artifacts;
    private final ArtifactAccess access;
    private final LinkSigner links;

    ArtifactController(ArtifactStore artifacts, ArtifactAccess access, LinkSigner links) {
        this.artifacts = artifacts;
        this.access = access;
        this.links = links;
    }

    @GetMapping("/api/v1/artifacts/{hash}")
    Mono<Void> get(
            @PathVariable String hash,
            @RequestParam(name = "exp", required = false) @Nullable String expires,
            @RequestParam(name = "sig", required = false) @Nullable String signature,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known,
            ServerWebExchange exchange) {
        ArtifactRef ref = ref(hash);
        return mayRead(ref, expires, signature).then(Mono.defer(() -> answer(ref, known, exchange.getResponse())));
    }

    private static ArtifactRef ref(String hash) {
        try {
            return new ArtifactRef(hash);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("this artifact");
        }
    }

    private Mono<Void> mayRead(ArtifactRef ref, @Nullable String expires, @Nullable String signature) {
        if (expires != null && signature != null) {
            boolean valid = expires.matches("[0-9]{1,12}") && links.valid(ref, Long.parseLong(expires), signature);
            return valid ? Mono.empty() : Mono.error(expiredLink());
        }
        return Caller.current().flatMap(caller -> {
            if (caller.seesEverybody()) {
                return Mono.empty();
            }
            return size(ref)
                    .switchIfEmpty(Mono.error(() -> Problem.notFound("artifact " + ref.hash())))
                    .then(access.mayRead(caller, ref))
                    .flatMap(may -> may ? Mono.<Void>empty() : Mono.error(Problem.forbidden("the artifact")));
        });
    }

    private static Problem expiredLink() {
        return Problem.of(
                HttpStatus.FORBIDDEN,
                io.millrace.schemas.task.ErrorCode.FORBIDDEN,
                "the link is not valid or has expired",
                "Ask for the task or poster again: its answer holds a new link.");
    }

    private Mono<Long> size(ArtifactRef ref) {
        return blocking(() -> artifacts.size(ref).orElse(null));
    }

    private Mono<Void> answer(ArtifactRef ref, @Nullable String known, ServerHttpResponse response) {
        String tag = "\"" + ref.hash() + "\"";
        HttpHeaders headers = response.getHeaders();
        if (known != null && known.contains(tag)) {
            keptForEver(headers, tag);
            response.setStatusCode(HttpStatus.NOT_MODIFIED);
            return response.setComplete();
        }
        return size(ref)
                .switchIfEmpty(Mono.error(() -> Problem.notFound("artifact " + ref.hash())))
                .flatMap(size -> Mono.using(
                                () -> Opened.of(open(ref)),
                                opened -> {
                                    keptForEver(headers, tag);
                                    headers.setContentLength(size);
                                    headers.setContentType(MediaType.parseMediaType(
                                            opened.sniffed().mediaType()));
                                    headers.set("X-Content-Type-Options", "nosniff");
                                    headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
                                    headers.set(
                                            HttpHeaders.CONTENT_DISPOSITION,
                                            opened.sniffed().inline() ? "inline" : "attachment");
                                    return response.writeWith(body(opened.in(), response));
                                },
                                Opened::close)
                        // Opened and subscribed to in one go: a caller who leaves in between leaves nothing open.
                        .subscribeOn(Schedulers.boundedElastic()));
    }

    /** Not before it is known that there is something to keep: a problem must not bear these. */
    private static void keptForEver(HttpHeaders headers, String tag) {
        headers.setETag(tag);
        headers.setCacheControl(FOR_EVER);
    }

    /** A blob from its first byte on, and what that byte and the next ones say it is. */
    private record Opened(InputStream in, Sniffed sniffed) {
        static Opened of(InputStream blob) throws IOException {
            try {
                BufferedInputStream in = new BufferedInputStream(blob, Sniffed.HEAD);
                in.mark(Sniffed.HEAD);
                Sniffed sniffed = Sniffed.of(in.readNBytes(Sniffed.HEAD));
                in.reset();
                return new Opened(in, sniffed);
            } catch (IOException | RuntimeException unreadable) {
                blob.close();
                throw unreadable;
            }
        }

        void close() {
            try {
                in.close();
            } catch (IOException e) {
                LOG.warn("event=artifact_not_closed error={}", e.toString());
            }
        }
    }

    private static Flux<DataBuffer> body(InputStream in, ServerHttpResponse response) {
        return DataBufferUtils.readInputStream(() -> in, response.bufferFactory(), CHUNK)
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static <T> Mono<T> blocking(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic());
    }

    private InputStream open(ArtifactRef ref) throws IOException {
        return artifacts.open(ref).orElseThrow(() -> Problem.notFound("artifact " + ref.hash()));
    }
}
