package io.millrace.inference;

import static io.millrace.inference.TestRoom.item;
import static io.millrace.inference.TestRoom.saying;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.function.PhaseFailure;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.ItemReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No finished phase is computed again. */
class ReuseTest {
    @TempDir
    Path folder;

    @Test
    void aRepeatGetsWhatIsStoredAlsoAfterARestart() throws IOException {
        TestFunction before = new TestFunction("echo", TestFunction.ECHO);
        TestFunction after = new TestFunction("echo", TestFunction.ECHO);
        ItemReply first;
        try (TestRoom room = new TestRoom(folder, before)) {
            first = room.caller.call("echo", saying("task", "x")).get(0);
            ItemReply second = room.caller
                    .call("echo", saying("task", "x").toBuilder().setTries(4).build())
                    .get(0);

            assertThat(second.getResult().getReused()).isTrue();
            assertThat(second.getTries()).isEqualTo(4);
        }
        try (TestRoom room = new TestRoom(folder, after)) {
            ItemReply third = room.caller.call("echo", saying("task", "x")).get(0);

            assertThat(third.getResult().getReused()).isTrue();
            assertThat(third.getResult().getOutput())
                    .isEqualTo(first.getResult().getOutput());
            assertThat(third.getResult().getFactsMap())
                    .isEqualTo(first.getResult().getFactsMap());
            assertThat(third.getResult().getComputeMs())
                    .isEqualTo(first.getResult().getComputeMs());
            assertThat(room.caller.metric("model_calls_total{function=\"echo\"}"))
                    .isZero();
        }
        assertThat(before.calls).hasValue(1);
        assertThat(after.calls).hasValue(0);
    }

    @Test
    void anotherTaskPhaseRoundInputOrVersionIsComputed() throws IOException {
        TestFunction function = new TestFunction("echo", TestFunction.ECHO);
        try (TestRoom room = new TestRoom(folder, function)) {
            room.caller.call(
                    "echo",
                    saying("task", "x"),
                    saying("other", "x"),
                    saying("task", "x").toBuilder().setPhase("b_phase").build(),
                    saying("task", "x").toBuilder().setRound(0).build(),
                    saying("task", "y"));
            assertThat(function.calls).hasValue(5);
        }
        TestFunction newer = new TestFunction("echo", "2", TestFunction.ECHO);
        try (TestRoom room = new TestRoom(folder, newer)) {
            room.caller.call("echo", saying("task", "x"));
            assertThat(newer.calls).hasValue(1);
        }
    }

    @Test
    void aFailureIsNotKept() throws IOException {
        TestFunction function = new TestFunction("once", (input, context) -> {
            throw new PhaseFailure(ErrorCode.MODEL_ERROR, "not this time");
        });
        try (TestRoom room = new TestRoom(folder, function)) {
            room.caller.call("once", saying("task", "x"));
            room.caller.call("once", saying("task", "x"));

            assertThat(function.calls).hasValue(2);
        }
    }

    @Test
    void twoProcessesComputeAKeyOnce() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        TestFunction.Behaviour waits = (input, context) -> {
            begun.countDown();
            await(goOn);
            return TestFunction.said("done");
        };
        TestFunction here = new TestFunction("slow", waits);
        TestFunction there = new TestFunction("slow", waits);
        try (TestRoom one = new TestRoom(folder, here);
                TestRoom other = new TestRoom(folder, there)) {
            CompletableFuture<BatchReply> first =
                    one.caller.callLater("slow", Caller.batch("slow", saying("task", "x")));
            await(begun);
            CompletableFuture<BatchReply> second =
                    other.caller.callLater("slow", Caller.batch("slow", saying("task", "x"), saying("free", "x")));
            org.awaitility.Awaitility.await().until(() -> there.calls.get() == 1);
            goOn.countDown();

            assertThat(first.get(120, TimeUnit.SECONDS).getItems(0).getResult().getReused())
                    .isFalse();
            assertThat(second.get(120, TimeUnit.SECONDS).getItems(0).getResult().getReused())
                    .isTrue();
            assertThat(second.join().getItems(1).getResult().getReused()).isFalse();
            assertThat(here.calls).hasValue(1);
            assertThat(there.calls).hasValue(1);
        }
    }

    @Test
    void aResultWhoseArtifactIsGoneIsComputedAgain() throws IOException {
        TestFunction function = new TestFunction("painter", (input, context) -> {
            try {
                return TestFunction.said(
                        context.artifacts().put(new byte[] {1, 2, 3}).toString());
            } catch (IOException e) {
                throw PhaseFailure.modelError(e);
            }
        });
        try (TestRoom room = new TestRoom(folder, function)) {
            ItemReply first = room.caller.call("painter", saying("task", "x")).get(0);
            delete(first.getResult().getOutput().toStringUtf8().replaceAll(".*sha256:([0-9a-f]+).*", "$1"));

            ItemReply second = room.caller.call("painter", saying("task", "x")).get(0);

            assertThat(second.getResult().getReused()).isFalse();
            assertThat(second.getResult().getOutput())
                    .isEqualTo(first.getResult().getOutput());
            assertThat(function.calls).hasValue(2);
        }
    }

    @Test
    void aRepeatInTheSameBatchIsComputedOnce() throws IOException {
        TestFunction function = new TestFunction("echo", TestFunction.ECHO);
        function.inBatchesOf(
                8,
                calls -> calls.stream()
                        .map(call -> io.millrace.inference.function.PhaseOutcome.of(
                                () -> function.compute(call.input(), call.context())))
                        .toList());
        try (TestRoom room = new TestRoom(folder, function)) {
            assertThat(room.caller.call(
                            "echo",
                            saying("task", "x"),
                            saying("task", "x"),
                            item("other", "{\"params\":{}}").build()))
                    .allMatch(ItemReply::hasResult);
            assertThat(function.calls).hasValue(2);
        }
    }

    private void delete(String hash) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("artifacts"))) {
            for (Path file : files.filter(path -> path.endsWith(hash)).toList()) {
                Files.delete(file);
            }
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
