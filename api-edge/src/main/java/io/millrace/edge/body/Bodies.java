package io.millrace.edge.body;

import io.millrace.edge.Json;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.task.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads whole request bodies, never more than a stated number of bytes. */
public final class Bodies {
    /** Most bytes of one task's body. */
    public static final int MAX_BYTES = 256 * 1024;

    private Bodies() {}

    /** A body that is one JSON object of at most 256 KiB. @throws Problem 400 naming place and remedy */
    public static ObjectNode object(byte[] body) {
        return object(body, MAX_BYTES);
    }

    /** As {@link #object(byte[])} with another bound. */
    public static ObjectNode object(byte[] body, int maxBytes) {
        if (body.length > maxBytes) {
            throw Problem.invalid("", "has " + body.length + " bytes", "Send at most " + maxBytes / 1024 + " KiB.");
        }
        try {
            JsonNode root = Json.REQUESTS.readTree(body);
            if (root instanceof ObjectNode object) {
                return object;
            }
        } catch (StreamConstraintsException e) {
            throw tooDeep("");
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw Problem.invalid(
                    "", "is not valid JSON" + where, "Send one JSON object, UTF-8, without repeated keys.");
        }
        throw Problem.invalid("", "is not a JSON object", "Send one JSON object with named fields.");
    }

    /** 400: the JSON in the field nests deeper than may be stored. */
    public static Problem tooDeep(String field) {
        return Problem.invalid(
                field,
                "holds a value that is not JSON as it is taken: nested too deep, or a number or name too long",
                "Nest at most " + Json.MAX_DEPTH + " levels.");
    }

    /** As {@link #object(byte[])}; an empty body is an empty object. */
    public static ObjectNode objectOrEmpty(byte @Nullable [] body) {
        return body == null || body.length == 0 ? Json.object() : object(body);
    }

    public static byte[] orEmpty(byte @Nullable [] body) {
        return body == null ? new byte[0] : body;
    }

    /** Joins a body of more than the codecs' bound in memory; fails with a 413 problem beyond {@code maxBytes}. */
    public static Mono<byte[]> join(Flux<DataBuffer> body, int maxBytes) {
        return DataBufferUtils.join(body, maxBytes)
                .map(buffer -> {
                    byte[] bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    DataBufferUtils.release(buffer);
                    return bytes;
                })
                .onErrorMap(org.springframework.core.io.buffer.DataBufferLimitException.class, e -> tooLarge(maxBytes))
                .defaultIfEmpty(new byte[0]);
    }

    /**
     * Writes a body to a temporary file, uses it where blocking is allowed, and removes it whatever happens.
     *
     * @param maxBytes beyond it a 413 problem
     */
    public static <T> Mono<T> spooled(Flux<DataBuffer> body, long maxBytes, Function<Path, Mono<T>> use) {
        return Mono.usingWhen(
                Mono.fromCallable(() -> Files.createTempFile("millrace-body", null))
                        .subscribeOn(Schedulers.boundedElastic()),
                file -> written(body, maxBytes, file)
                        .then(Mono.defer(() -> use.apply(file)).subscribeOn(Schedulers.boundedElastic())),
                file -> Mono.fromRunnable(() -> remove(file)).subscribeOn(Schedulers.boundedElastic()));
    }

    private static Mono<Void> written(Flux<DataBuffer> body, long maxBytes, Path file) {
        AtomicLong bytes = new AtomicLong();
        Flux<DataBuffer> bounded = body.doOnNext(buffer -> {
                    if (bytes.addAndGet(buffer.readableByteCount()) > maxBytes) {
                        throw tooLarge(maxBytes);
                    }
                })
                .doOnDiscard(DataBuffer.class, DataBufferUtils::release);
        return DataBufferUtils.write(bounded, file, StandardOpenOption.WRITE);
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Problem tooLarge(long maxBytes) {
        return Problem.of(
                HttpStatus.CONTENT_TOO_LARGE,
                ErrorCode.BAD_INPUT,
                "the request body is too large",
                "Send at most " + maxBytes / 1024 + " KiB.");
    }
}
