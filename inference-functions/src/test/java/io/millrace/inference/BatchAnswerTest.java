package io.millrace.inference;

import static io.millrace.inference.TestRoom.item;
import static io.millrace.inference.TestRoom.saying;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.ByteString;
import io.millrace.artifacts.ArtifactStores;
import io.millrace.inference.function.PhaseCall;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseOutcome;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemFailure;
import io.millrace.schemas.v1.ItemReply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchAnswerTest {
    @TempDir
    Path folder;

    @Test
    void eachItemIsAnsweredOnceInOrderWithItsOwnNames() throws IOException {
        try (TestRoom room = new TestRoom(folder, new TestFunction("echo", TestFunction.ECHO))) {
            InferenceItem[] items = IntStream.range(0, 20)
                    .mapToObj(i -> saying("task-" + i, "word " + i))
                    .toArray(InferenceItem[]::new);

            BatchReply reply = room.caller.call("echo", Caller.batch("echo", items));

            assertThat(reply.getBatchId()).isEqualTo("batch-1");
            assertThat(reply.getSlot()).isEqualTo(3);
            assertThat(reply.hasFailure()).isFalse();
            assertThat(reply.getItemsList()).hasSize(20);
            for (int i = 0; i < 20; i++) {
                ItemReply item = reply.getItems(i);
                assertThat(item.getTaskId()).isEqualTo("task-" + i);
                assertThat(item.getPhase()).isEqualTo("a_phase");
                assertThat(List.of(item.getAttempt(), item.getRound(), item.getTries()))
                        .containsExactly(1, 2, 3);
                assertThat(item.getResult().getOutput().toStringUtf8()).isEqualTo("{\"said\":\"word " + i + "\"}");
                assertThat(item.getResult().getFactsMap()).containsEntry("said", "yes");
                assertThat(item.getResult().getReused()).isFalse();
            }
            assertThat(room.caller.metric("inference_batches_total{function=\"echo\"}"))
                    .isEqualTo(1);
            assertThat(room.caller.metric("inference_items_total{function=\"echo\",outcome=\"computed\"}"))
                    .isEqualTo(20);
            assertThat(room.caller.metric("model_calls_total{function=\"echo\"}"))
                    .isEqualTo(20);
        }
    }

    @Test
    void aPoisonousItemOfABatchFailsAlone() throws IOException {
        TestFunction function = new TestFunction("poisoned", TestFunction.ECHO).inBatchesOf(4, calls -> {
            if (calls.stream().anyMatch(BatchAnswerTest::poisonous)) {
                throw new IllegalStateException("the tensor has no shape");
            }
            return calls.stream().map(BatchAnswerTest::answer).toList();
        });
        try (TestRoom room = new TestRoom(folder, function)) {
            List<ItemReply> replies = room.caller.call(
                    "poisoned", saying("a", "x"), saying("b", "poison"), saying("c", "y"), saying("d", "z"));

            assertThat(replies).extracting(ItemReply::hasResult).containsExactly(true, false, true, true);
            assertThat(replies.get(1).getFailure().getCode()).isEqualTo("MODEL_ERROR");
            assertThat(replies.get(1).getFailure().getMessage()).contains("the tensor has no shape");
        }
    }

    @Test
    void aFunctionThatAnswersTooFewIsToBlameForNothingElse() throws IOException {
        TestFunction function =
                new TestFunction("short", TestFunction.ECHO).inBatchesOf(3, calls -> List.of(answer(calls.get(0))));
        try (TestRoom room = new TestRoom(folder, function)) {
            List<ItemReply> replies = room.caller.call("short", saying("a", "x"), saying("b", "y"), saying("c", "z"));

            assertThat(replies).allMatch(ItemReply::hasResult);
        }
    }

    @Test
    void aTextOutOfAPromptDoesNotBecomeAReference() throws IOException {
        String anothers = ArtifactStores.at(folder.resolve("artifacts").toString())
                .put(new byte[] {1, 2, 3})
                .toString();
        TestFunction function = new TestFunction(
                "quoting",
                (input, context) ->
                        TestFunction.said(input.params().path("say").asText().replaceAll("[\\[\\] ]", "")));
        try (TestRoom room = new TestRoom(folder, function)) {
            List<ItemReply> replies = room.caller.call(
                    "quoting", saying("1", anothers), saying("2", "[" + anothers + "]"), saying("3", anothers + " "));

            assertThat(replies.get(0).hasResult()).isTrue();
            assertFailure(replies.get(1), ErrorCode.BAD_INPUT, "reads like a reference to an artifact");
            assertFailure(replies.get(2), ErrorCode.BAD_INPUT, "reads like a reference to an artifact");
        }
    }

    @Test
    void everyWayToFailHasItsCode() throws IOException {
        TestFunction function = new TestFunction("failing", (input, context) -> {
            switch (input.params().path("say").asText()) {
                case "typed" -> throw PhaseFailure.badInput("params.width", "must be at most 4096");
                case "runtime" -> throw new IllegalStateException("no more memory on the device");
                case "error" -> throw new UnsatisfiedLinkError("libtorch is missing");
                case "big" -> {
                    return TestFunction.said("x".repeat(300_000));
                }
                case "facts" -> {
                    return new PhaseOutput(JsonNodeFactory.instance.objectNode(), Map.of("why", "x".repeat(201)));
                }
                default -> {
                    return TestFunction.said(ArtifactRef.of(new byte[] {1}).toString());
                }
            }
        });
        try (TestRoom room = new TestRoom(folder, function)) {
            List<ItemReply> replies = room.caller.call(
                    "failing",
                    saying("1", "typed"),
                    saying("2", "runtime"),
                    saying("3", "error"),
                    saying("4", "big"),
                    saying("5", "facts"),
                    saying("6", "dangling"),
                    item("7", "{\"params\":").build(),
                    item("8", "[]").build(),
                    item("9", "{\"params\":{},\"results\":{\"intent\":3}}").build());

            assertFailure(replies.get(0), ErrorCode.BAD_INPUT, "params.width must be at most 4096");
            assertFailure(replies.get(1), ErrorCode.MODEL_ERROR, "no more memory on the device");
            assertFailure(replies.get(2), ErrorCode.INTERNAL, "libtorch is missing");
            assertFailure(replies.get(3), ErrorCode.INTERNAL, "the limit is 262144");
            assertFailure(replies.get(4), ErrorCode.INTERNAL, "fact why has 201 characters");
            assertFailure(replies.get(5), ErrorCode.INTERNAL, "which it neither stored nor was given");
            assertFailure(replies.get(6), ErrorCode.BAD_INPUT, "input must be one JSON object");
            assertFailure(replies.get(7), ErrorCode.BAD_INPUT, "input.params must be a JSON object");
            assertFailure(replies.get(8), ErrorCode.BAD_INPUT, "input.results.intent must be a JSON object");
            assertThat(function.calls).hasValue(6);
        }
    }

    @Test
    void whatNobodyWaitsForIsNotComputed() throws IOException {
        TestFunction function = new TestFunction("echo", TestFunction.ECHO);
        try (TestRoom room = new TestRoom(folder, function)) {
            room.cancellations.note("cancelled", 1);
            long past = System.currentTimeMillis() - 1;
            long future = System.currentTimeMillis() + 60_000;

            List<ItemReply> replies = room.caller.call(
                    "echo",
                    saying("late", "x").toBuilder().setDeadlineMs(past).build(),
                    saying("cancelled", "x"),
                    saying("cancelled", "x").toBuilder().setAttempt(2).build(),
                    saying("wanted", "x").toBuilder().setDeadlineMs(future).build());
            BatchReply expired = room.caller.call(
                    "echo",
                    Caller.batch("echo", saying("any", "x")).toBuilder()
                            .setExpiresAtMs(past)
                            .build());

            assertFailure(replies.get(0), ErrorCode.EXPIRED, "nobody waits");
            assertFailure(replies.get(1), ErrorCode.CANCELLED, "attempt 1 of the task was cancelled");
            assertThat(replies.get(2).hasResult()).isTrue();
            assertThat(replies.get(3).hasResult()).isTrue();
            assertFailure(expired.getItems(0), ErrorCode.EXPIRED, "nobody waits");
            assertThat(function.calls).hasValue(2);
        }
    }

    @Test
    void aBatchForAnotherFunctionIsBadInput() throws IOException {
        try (TestRoom room = new TestRoom(folder, new TestFunction("echo", TestFunction.ECHO))) {
            BatchReply reply = room.caller.call("echo", Caller.batch("other", saying("a", "x")));

            assertFailure(reply.getItems(0), ErrorCode.BAD_INPUT, "function must be echo");
        }
    }

    @Test
    void inputsAreSeenByTheFunctionAsSent() throws IOException {
        TestFunction function = new TestFunction(
                "reader",
                (input, context) -> TestFunction.said(input.round() + " "
                        + input.require("intent").path("style").asText() + " " + context.taskId() + " "
                        + context.userId()));
        try (TestRoom room = new TestRoom(folder, function)) {
            ItemReply reply = room.caller
                    .call(
                            "reader",
                            item("t", "{\"params\":{},\"results\":{\"intent\":{\"style\":\"蓝色\"}}}")
                                    .setInputHash(ByteString.copyFrom(new byte[32]))
                                    .build())
                    .get(0);

            assertThat(reply.getResult().getOutput().toStringUtf8()).isEqualTo("{\"said\":\"2 蓝色 t user-1\"}");
        }
    }

    private static boolean poisonous(PhaseCall call) {
        return call.input().params().path("say").asText().equals("poison");
    }

    private static PhaseOutcome answer(PhaseCall call) {
        return PhaseOutcome.of(
                () -> TestFunction.said(call.input().params().path("say").asText()));
    }

    private static void assertFailure(ItemReply reply, ErrorCode code, String message) {
        ItemFailure failure = reply.getFailure();
        assertThat(failure.getCode()).isEqualTo(code.name());
        assertThat(failure.getRetryable()).isEqualTo(code.retryable());
        assertThat(failure.getMessage()).contains(message);
    }
}
