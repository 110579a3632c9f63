package io.millrace.edge.problem;

import io.millrace.edge.Json;
import io.millrace.schemas.task.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A failure that is told to the caller: what happened, and what they can do. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_ERRORS = 50;

    private final transient HttpStatus status;
    private final ErrorCode errorCode;
    private final String remedy;
    private final transient List<FieldProblem> errors;
    private final @Nullable Duration retryAfter;

    private Problem(
            HttpStatus status,
            ErrorCode errorCode,
            String message,
            String remedy,
            List<FieldProblem> errors,
            @Nullable Duration retryAfter) {
        super(message, null, false, false);
        this.status = status;
        this.errorCode = errorCode;
        this.remedy = remedy;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    public static Problem of(HttpStatus status, ErrorCode code, String message, String remedy) {
        return new Problem(status, code, message, remedy, List.of(), null);
    }

    /** A failure that also names fields. */
    public static Problem of(
            HttpStatus status, ErrorCode code, String message, String remedy, List<FieldProblem> errors) {
        return new Problem(status, code, message, remedy, errors, null);
    }

    /** 400: the named fields cannot be worked with. */
    public static Problem invalid(List<FieldProblem> errors) {
        List<FieldProblem> shown = errors.subList(0, Math.min(MAX_ERRORS, errors.size()));
        FieldProblem first = shown.get(0);
        String where = first.field().isEmpty() ? "the request body" : first.field();
        String more = errors.size() > 1 ? " (and " + (errors.size() - 1) + " more)" : "";
        return new Problem(
                HttpStatus.BAD_REQUEST,
                ErrorCode.BAD_INPUT,
                where + " " + first.message() + more,
                "Correct the fields listed in errors.",
                shown,
                null);
    }

    /** 400 for one field. */
    public static Problem invalid(String field, String message, String remedy) {
        return invalid(List.of(new FieldProblem(field, message, remedy)));
    }

    /** 401. */
    public static Problem unauthorized() {
        return of(
                HttpStatus.UNAUTHORIZED,
                ErrorCode.FORBIDDEN,
                "no valid token was given",
                "Send Authorization: Bearer TOKEN with a token that has not expired.");
    }

    /** 401 for a token whose time is over. */
    public static Problem tokenExpired(String remedy) {
        return of(HttpStatus.UNAUTHORIZED, ErrorCode.FORBIDDEN, "the token has expired", remedy);
    }

    /** 429. */
    public static Problem tooMany(String message, Duration retryAfter) {
        return new Problem(
                HttpStatus.TOO_MANY_REQUESTS,
                ErrorCode.UNAVAILABLE,
                message,
                "Wait for the time in Retry-After (" + retryAfter.toSeconds()
                        + " s); follow a stream instead of asking again.",
                List.of(),
                retryAfter);
    }

    /** 403: it exists and belongs to somebody else. */
    public static Problem forbidden(String what) {
        return of(
                HttpStatus.FORBIDDEN, ErrorCode.FORBIDDEN, what + " belongs to another user", "Use the owner's token.");
    }

    /** 404. */
    public static Problem notFound(String what) {
        return of(HttpStatus.NOT_FOUND, ErrorCode.NOT_FOUND, what + " is not known", "Check the id.");
    }

    /** 409: not in this state. */
    public static Problem conflict(String message, String remedy) {
        return of(HttpStatus.CONFLICT, ErrorCode.CONFLICT, message, remedy);
    }

    /** 503: something behind the edge does not answer. */
    public static Problem unavailable(String message, ErrorCode code) {
        return new Problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                code,
                message,
                "Try again after the time in Retry-After.",
                List.of(),
                Duration.ofSeconds(2));
    }

    public HttpStatus status() {
        return status;
    }

    public ErrorCode errorCode() {
        return errorCode;
    }

    public List<FieldProblem> errors() {
        return errors;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The problem document of RFC 9457, with {@code code}, {@code message} and {@code errors} beside its own members. */
    public ObjectNode json() {
        ObjectNode json = Json.object()
                .put("type", "about:blank")
                .put("title", status.getReasonPhrase())
                .put("status", status.value())
                .put("detail", getMessage())
                .put("code", status.value())
                .put("message", getMessage())
                .put("error_code", errorCode.name())
                .put("retryable", errorCode.retryable())
                .put("remedy", remedy);
        ArrayNode list = json.putArray("errors");
        for (FieldProblem error : errors) {
            list.addObject()
                    .put("field", error.field())
                    .put("message", error.message())
                    .put("remedy", error.remedy());
        }
        return json;
    }
}
