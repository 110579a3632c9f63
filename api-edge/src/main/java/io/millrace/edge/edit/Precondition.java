package io.millrace.edge.edit;

import io.millrace.edge.access.Caller;
import io.millrace.edge.problem.FieldProblem;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.task.ErrorCode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Which version an edit is meant for, from {@code If-Match}: without it a user could overwrite what they have not seen.
 *
 * @param version the version the row must have; null: any ({@code *}, or a service that did not say)
 */
public record Precondition(@Nullable Long version) {
    private static final Pattern TAG = Pattern.compile("\"(\\d{1,18})\"");

    /**
     * The precondition of a request.
     *
     * @throws Problem 428 when a user or admin sent none, 400 when it is no entity tag
     */
    public static Precondition of(Caller caller, @Nullable String ifMatch) {
        if (ifMatch == null) {
            if (caller.role() != Caller.Role.SERVICE) {
                throw missing();
            }
            return new Precondition(null);
        }
        if (ifMatch.strip().equals("*")) {
            return new Precondition(null);
        }
        Matcher tag = TAG.matcher(ifMatch.strip());
        if (!tag.matches()) {
            throw Problem.invalid("If-Match", "is not an ETag of this", "Send the ETag that GET gave, or *.");
        }
        return new Precondition(Long.parseLong(tag.group(1)));
    }

    private static Problem missing() {
        String remedy = "Send If-Match with the ETag (or the version in quotes) that you read, or * to overwrite.";
        return Problem.of(
                HttpStatus.PRECONDITION_REQUIRED,
                ErrorCode.BAD_INPUT,
                "If-Match is missing",
                remedy,
                List.of(new FieldProblem("If-Match", "is missing", remedy)));
    }

    /** @throws Problem 412 when the row has another version */
    public void require(long current, String what) {
        if (version != null && version != current) {
            throw Problem.of(
                    HttpStatus.PRECONDITION_FAILED,
                    ErrorCode.CONFLICT,
                    what + " has version " + current + ", not " + version,
                    "Read it again, lay your change over it, and send its new ETag in If-Match.");
        }
    }

    public static String tag(long version) {
        return "\"" + version + "\"";
    }
}
