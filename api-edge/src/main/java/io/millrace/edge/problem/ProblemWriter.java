package io.millrace.edge.problem;

import io.millrace.edge.Json;
import io.millrace.schemas.artifact.StoreUnavailable;
import io.millrace.schemas.task.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

/** Writes every failure of a request as a problem document. */
@Component
@Order(-2)
public final class ProblemWriter implements WebExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemWriter.class);

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        if (isGone(failure)) {
            // A caller who left in the middle: nobody is there to be told, and it is no error of ours.
            return Mono.empty();
        }
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(failure);
        }
        return write(exchange, problemOf(failure));
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof AbortedException || AbortedException.isConnectionReset(failure);
    }

    /** Writes the problem as the whole answer. */
    public Mono<Void> write(ServerWebExchange exchange, Problem problem) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(problem.status());
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl("no-store");
        problem.retryAfter().ifPresent(wait -> headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(wait.toSeconds())));
        if (problem.status() == HttpStatus.UNAUTHORIZED) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        byte[] body = Json.bytes(problem.json());
        headers.setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    /** What a caller is told about any failure. */
    public static Problem problemOf(Throwable failure) {
        if (failure instanceof Problem problem) {
            return problem;
        }
        if (failure instanceof DataBufferLimitException || failure.getCause() instanceof DataBufferLimitException) {
            return Problem.of(
                    HttpStatus.CONTENT_TOO_LARGE,
                    ErrorCode.BAD_INPUT,
                    "the request body is too large",
                    "Send at most 256 KiB.");
        }
        if (failure instanceof ResponseStatusException response) {
            HttpStatus status = HttpStatus.resolve(response.getStatusCode().value());
            HttpStatus known = status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
            return Problem.of(known, codeOf(known), messageOf(known, response.getReason()), remedyOf(known));
        }
        if (failure instanceof StoreUnavailable || failure.getCause() instanceof StoreUnavailable) {
            LOG.warn("event=artifact_store_failed error={}", failure.toString());
            return Problem.unavailable("pictures and files cannot be reached at the moment", ErrorCode.UNAVAILABLE);
        }
        LOG.error("event=request_failed error={}", failure.toString(), failure);
        return Problem.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                ErrorCode.INTERNAL,
                "the request failed inside the edge",
                ErrorCode.INTERNAL.remedy());
    }

    private static String messageOf(HttpStatus status, @Nullable String reason) {
        if (status == HttpStatus.NOT_FOUND || reason == null) {
            return status == HttpStatus.NOT_FOUND ? "there is nothing at this path" : status.getReasonPhrase();
        }
        return reason;
    }

    private static String remedyOf(HttpStatus status) {
        return status == HttpStatus.UNSUPPORTED_MEDIA_TYPE
                ? "Send Content-Type: application/json."
                : "Compare method, path, parameters and headers with the API in the README.";
    }

    private static ErrorCode codeOf(HttpStatus status) {
        if (status == HttpStatus.NOT_FOUND) {
            return ErrorCode.NOT_FOUND;
        }
        return status.is4xxClientError() ? ErrorCode.BAD_INPUT : ErrorCode.INTERNAL;
    }
}
