package io.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.ItemAccepted;
import io.millrace.schemas.v1.ItemFailure;
import io.millrace.schemas.v1.ItemReply;
import io.millrace.schemas.v1.ItemResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyCheckTest {
    private final ReplyCheck check = new ReplyCheck(TaskLimits.defaults());

    @Test
    void whatKeepsTheContractIsNotEvenCopied() {
        ItemReply result = of(result("{\"words\": 6}").putFacts("words", "6"));
        ItemReply failure = of(ItemFailure.newBuilder().setMessage("no").setDetails(utf8("{\"at\": 3}")));
        ItemReply accepted =
                ItemReply.newBuilder().setAccepted(ItemAccepted.newBuilder()).build();

        assertThat(checked(result)).isSameAs(result);
        assertThat(checked(failure)).isSameAs(failure);
        assertThat(checked(accepted)).isSameAs(accepted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok", "", "[1]", "{\"words\": 6", "{} {}", "null"})
    void anOutputThatIsNoObjectIsTheFaultOfTheFunction(String output) {
        assertBroken(of(result(output)), "the output is not one JSON object");
    }

    @Test
    void anOutputBeyondItsLimitIsTheFaultOfTheFunction() {
        assertBroken(of(result("{\"a\":\"" + "x".repeat(256 * 1024) + "\"}")), "the limit is 262144");
    }

    @Test
    void factsAreFewAndShort() {
        ItemResult.Builder many = result("{}");
        for (int i = 0; i <= ReplyCheck.MAX_FACTS; i++) {
            many.putFacts("fact" + i, "x");
        }

        assertBroken(of(many), "it states 33 facts, the limit is 32");
        assertBroken(of(result("{}").putFacts("text", "x".repeat(201))), "fact text has 201 characters");
        assertBroken(of(result("{}").putFacts("x".repeat(5000), "")), "has 5000 characters");
    }

    @Test
    void anAnswerWithoutAnOutcomeIsTheFaultOfTheFunction() {
        assertBroken(ItemReply.getDefaultInstance(), "it has no outcome");
    }

    @ParameterizedTest
    @ValueSource(strings = {"trace", "[]", "{\"a\":", "LARGE"})
    void aFailureWithDetailsThatCannotBeShownIsKeptWithoutThem(String details) {
        String given = details.equals("LARGE") ? "{\"a\":\"" + "x".repeat(1_100_000) + "\"}" : details;

        ItemFailure kept = checked(of(ItemFailure.newBuilder()
                        .setCode(ErrorCode.BUSY.name())
                        .setRetryable(true)
                        .setMessage("later")
                        .setDetails(utf8(given))))
                .getFailure();

        assertThat(kept.getDetails().isEmpty()).isTrue();
        assertThat(kept.getCode()).isEqualTo("BUSY");
        assertThat(kept.getRetryable()).isTrue();
        assertThat(kept.getMessage()).startsWith("later (without its details");
    }

    @Test
    void aMessageIsCut() {
        ItemReply kept = checked(of(ItemFailure.newBuilder().setMessage("x".repeat(1_000_000))));

        assertThat(kept.getFailure().getMessage()).isEqualTo("x".repeat(400));
    }

    private void assertBroken(ItemReply reply, String why) {
        ItemReply kept = checked(reply);
        assertThat(kept.getFailure().getCode()).isEqualTo(ErrorCode.MODEL_ERROR.name());
        assertThat(kept.getFailure().getRetryable()).isFalse();
        assertThat(kept.getFailure().getMessage())
                .startsWith("the answer of function word_count breaks the contract: ")
                .contains(why)
                .hasSizeLessThan(500);
    }

    private ItemReply checked(ItemReply reply) {
        return check.checked("word_count", reply);
    }

    private static ItemResult.Builder result(String output) {
        return ItemResult.newBuilder().setOutput(utf8(output));
    }

    private static ItemReply of(ItemResult.Builder result) {
        return ItemReply.newBuilder().setResult(result).build();
    }

    private static ItemReply of(ItemFailure.Builder failure) {
        return ItemReply.newBuilder().setFailure(failure).build();
    }

    private static ByteString utf8(String text) {
        return ByteString.copyFromUtf8(text);
    }
}
