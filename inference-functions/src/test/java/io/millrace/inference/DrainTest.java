package io.millrace.inference;

import static io.millrace.inference.TestRoom.saying;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.InferenceItem;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainTest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final TestFunction slow = new TestFunction("slow", (input, context) -> {
        begun.countDown();
        await(goOn);
        return TestFunction.said("done");
    });

    @TempDir
    Path folder;

    @Test
    void whatRunsIsFinishedAndNothingNewBegins() throws Exception {
        try (TestRoom room = new TestRoom(folder, 1, 10, List.of(slow.factory()))) {
            CompletableFuture<BatchReply> running = call(room, saying("a", "x"), saying("b", "x"));
            await(begun);
            CompletableFuture<Void> drain = CompletableFuture.runAsync(() -> drain(room, Duration.ofSeconds(10)));
            Awaitility.await().until(() -> room.caller.get("/health").body().contains("draining"));

            int refused = room.caller
                    .send(room.caller.post(Caller.TOKEN, BodyPublishers.noBody()))
                    .statusCode();
            goOn.countDown();
            drain.get(120, TimeUnit.SECONDS);

            assertThat(refused).isEqualTo(503);
            BatchReply reply = running.get(120, TimeUnit.SECONDS);
            assertThat(reply.getItems(0).hasResult()).isTrue();
            assertThat(reply.getItems(1).getFailure().getCode()).isEqualTo("UNAVAILABLE");
            assertThat(slow.calls).hasValue(1);
        }
    }

    @Test
    void whatDoesNotEndInTimeIsAnsweredExpired() throws Exception {
        try (TestRoom room = new TestRoom(folder, 1, 10, List.of(slow.factory()))) {
            CompletableFuture<BatchReply> stuck = call(room, saying("a", "x"));
            await(begun);

            drain(room, Duration.ofMillis(200));

            assertThat(stuck.get(120, TimeUnit.SECONDS).getItems(0).getFailure().getCode())
                    .isEqualTo("EXPIRED");
            goOn.countDown();
        }
    }

    private static CompletableFuture<BatchReply> call(TestRoom room, InferenceItem... items) {
        return room.caller.callLater("slow", Caller.batch("slow", items));
    }

    private static void drain(TestRoom room, Duration patience) {
        try {
            room.room.drain(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited 10 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
