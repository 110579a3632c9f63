package io.millrace.engine.task;

import com.google.protobuf.ByteString;
import io.millrace.engine.json.JsonShape;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.ItemFailure;
import io.millrace.schemas.v1.ItemReply;
import io.millrace.schemas.v1.ItemResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds what is said about an item against the contract, where it comes in. Outputs and details stand in public events as they are:
 * one that is no JSON would make the event unreadable, one without a bound would make it larger than Kafka takes.
 */
public final class ReplyCheck {
    static final int MAX_FACTS = 32;
    /** Characters of a name or a value. */
    static final int MAX_FACT = 200;

    static final int MAX_DETAILS = 32 * 1024;
    /** Leaves room for a remark in what is shown of a failure. */
    private static final int MAX_MESSAGE = 400;

    private final int maxOutputBytes;

    public ReplyCheck(TaskLimits limits) {
        this.maxOutputBytes = limits.maxOutputBytes();
    }

    /**
     * The reply itself where it keeps the contract, nearly always. Where it does not, a failure that is final in place of the outcome,
     * for the function would break it again; of a failure whose details are not to be had, the rest.
     */
    public ItemReply checked(String function, ItemReply reply) {
        String breach = switch (reply.getOutcomeCase()) {
            case RESULT -> breach(reply.getResult());
            case FAILURE, ACCEPTED -> null;
            case OUTCOME_NOT_SET -> "it has no outcome";
        };
        if (breach != null) {
            return reply.toBuilder()
                    .setFailure(ItemFailure.newBuilder()
                            .setCode(ErrorCode.MODEL_ERROR.name())
                            .setMessage("the answer of function " + function + " breaks the contract: " + breach))
                    .build();
        }
        return reply.hasFailure() && !sound(reply.getFailure()) ? without(reply) : reply;
    }

    /** What is wrong with facts; null: nothing. */
    static @Nullable String breach(Map<String, String> facts) {
        if (facts.size() > MAX_FACTS) {
            return "it states " + facts.size() + " facts, the limit is " + MAX_FACTS;
        }
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            int longest = Math.max(fact.getKey().length(), fact.getValue().length());
            if (longest > MAX_FACT) {
                String name = fact.getKey().substring(0, Math.min(fact.getKey().length(), MAX_FACT));
                return "fact " + name + " has " + longest + " characters, the limit is " + MAX_FACT;
            }
        }
        return null;
    }

    /** Details of a failure as they may be shown; empty when they are no JSON object, or too large. */
    static ByteString details(ByteString given) {
        return given.isEmpty()
                        || (given.size() <= MAX_DETAILS
                                && JsonShape.complaint(given).isEmpty())
                ? given
                : ByteString.EMPTY;
    }

    /** What is wrong with the output of a phase; null: nothing. */
    @Nullable
    String breach(ByteString output) {
        if (output.size() > maxOutputBytes) {
            return "the output has " + output.size() + " bytes, the limit is " + maxOutputBytes
                    + ": large things belong into artifacts";
        }
        return JsonShape.complaint(output).map(what -> "the output " + what).orElse(null);
    }

    private @Nullable String breach(ItemResult result) {
        String output = breach(result.getOutput());
        return output == null ? breach(result.getFactsMap()) : output;
    }

    private static boolean sound(ItemFailure failure) {
        return failure.getMessage().length() <= MAX_MESSAGE
                && details(failure.getDetails()).equals(failure.getDetails());
    }

    private static ItemReply without(ItemReply reply) {
        ItemFailure failure = reply.getFailure();
        String message = failure.getMessage();
        ByteString details = details(failure.getDetails());
        String remark = details.equals(failure.getDetails())
                ? ""
                : " (without its details, which are no JSON object of at most " + MAX_DETAILS + " bytes)";
        return reply.toBuilder()
                .setFailure(failure.toBuilder()
                        .setMessage(message.substring(0, Math.min(message.length(), MAX_MESSAGE)) + remark)
                        .setDetails(details))
                .build();
    }
}
