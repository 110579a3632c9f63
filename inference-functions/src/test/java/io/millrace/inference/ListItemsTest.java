package io.millrace.inference;

import static io.millrace.inference.TestRoom.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemReply;
import io.millrace.schemas.v1.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The items of one phase that runs for each element of a list. */
class ListItemsTest {
    private final TestFunction echo = new TestFunction("echo", (input, context) -> {
        context.tick(0.9, "nearly there");
        context.log("info", "wrote " + input.requireItem().path("title").asText());
        return TestFunction.said(input.requireItem().path("title").asText());
    });

    @TempDir
    Path folder;

    @Test
    void eachItemIsAnsweredWithItsOwnNumberAndElement() throws IOException {
        try (TestRoom room = new TestRoom(folder, echo)) {
            List<ItemReply> replies =
                    room.caller.call("echo", element(1, "sets"), element(2, "maps"), element(3, "sets"));

            assertThat(replies.stream().map(ItemReply::getItem)).containsExactly(1, 2, 3);
            assertThat(replies.stream()
                            .map(reply -> reply.getResult().getOutput().toStringUtf8()))
                    .containsExactly("{\"said\":\"sets\"}", "{\"said\":\"maps\"}", "{\"said\":\"sets\"}");
        }
    }

    @Test
    void itemsDoNotShareAResultEvenUnderOneHash() throws IOException {
        try (TestRoom room = new TestRoom(folder, echo)) {
            ByteString hash = ByteString.copyFromUtf8("the same for all");
            List<ItemReply> replies = room.caller.call(
                    "echo",
                    element(1, "sets").toBuilder().setInputHash(hash).build(),
                    element(2, "maps").toBuilder().setInputHash(hash).build());
            ItemReply again = room.caller
                    .call(
                            "echo",
                            element(2, "maps").toBuilder()
                                    .setInputHash(hash)
                                    .setTries(4)
                                    .build())
                    .get(0);

            assertThat(replies.get(1).getResult().getOutput().toStringUtf8()).contains("maps");
            assertThat(again.getResult().getOutput().toStringUtf8()).contains("maps");
            assertThat(again.getResult().getReused()).isTrue();
            assertThat(echo.calls).hasValue(2);
        }
    }

    @Test
    void anItemDoesNotMoveTheBarOfItsPhaseButWritesToTheLog() throws IOException {
        try (TestRoom room = new TestRoom(folder, echo)) {
            room.caller.call("echo", element(1, "sets"), element(2, "maps"));

            await().until(() -> room.progress.size() == 2);
            assertThat(room.progress.stream().map(Progress::getTick)).allMatch(tick -> tick.getFraction() == 0);
            assertThat(room.progress.stream().map(record -> record.getTick().getMessage()))
                    .containsExactlyInAnyOrder("wrote sets", "wrote maps");
        }
    }

    @Test
    void aCancellationEndsAllItemsOfTheTaskAndNoOther() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        TestFunction slow = new TestFunction("slow", (input, context) -> {
            begun.countDown();
            hold(goOn);
            context.checkWanted();
            return TestFunction.said("done");
        });
        try (TestRoom room = new TestRoom(folder, slow)) {
            InferenceItem other =
                    element(1, "mine").toBuilder().setTaskId("other").build();
            var reply = room.caller.callLater(
                    "slow", Caller.batch("slow", element(1, "sets"), other, element(2, "maps"), element(3, "lists")));
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();

            room.cancellations.note("task", 1);
            goOn.countDown();

            List<ItemReply> items = reply.get(120, TimeUnit.SECONDS).getItemsList();
            assertThat(items.stream().map(item -> item.getFailure().getCode()))
                    .containsExactly("CANCELLED", "", "CANCELLED", "CANCELLED");
            assertThat(slow.calls.get()).isBetween(2, 3);
        }
    }

    @Test
    void anItemWithoutItsElementIsBadInput() throws IOException {
        try (TestRoom room = new TestRoom(folder, echo)) {
            ItemReply reply = room.caller
                    .call("echo", item("task", "{\"params\":{}}").setItem(2).build())
                    .get(0);

            assertThat(reply.getFailure().getCode()).isEqualTo("BAD_INPUT");
            assertThat(reply.getFailure().getMessage()).contains("input.item").contains("item 2");
            assertThat(reply.getItem()).isEqualTo(2);
        }
    }

    private static InferenceItem element(int number, String title) {
        return item("task", "{\"params\": {}, \"item\": {\"title\": \"" + title + "\"}}")
                .setItem(number)
                .build();
    }

    private static void hold(CountDownLatch latch) throws PhaseFailure {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited 10 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PhaseFailure.modelError(e);
        }
    }
}
