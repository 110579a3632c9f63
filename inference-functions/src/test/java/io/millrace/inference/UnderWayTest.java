package io.millrace.inference;

import static io.millrace.inference.TestRoom.saying;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemReply;
import io.millrace.schemas.v1.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to items while others run. */
class UnderWayTest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final TestFunction slow = new TestFunction("slow", this::wait);

    @TempDir
    Path folder;

    private PhaseOutput wait(PhaseInput input, PhaseContext context) throws PhaseFailure {
        begun.countDown();
        awaitQuietly(goOn);
        return TestFunction.said("at last");
    }

    private final TestFunction strips = new TestFunction("strips", (input, context) -> {
        begun.countDown();
        for (int strip = 0; strip < 4_000; strip++) {
            context.checkWanted();
            context.tick(strip / 4_000.0, "strip " + strip);
            pause();
        }
        return TestFunction.said("all strips");
    });

    @Test
    void aRepeatJoinsTheRunUnderWay() throws Exception {
        try (TestRoom room = new TestRoom(folder, slow)) {
            CompletableFuture<BatchReply> first = call(room, "slow", 1);
            awaitQuietly(begun);
            List<CompletableFuture<BatchReply>> repeats = Stream.of(1, 2, 1)
                    .map(attempt -> call(room, "slow", attempt))
                    .toList();
            inFlight(room, 4);
            goOn.countDown();

            assertThat(only(first).getResult().getReused()).isFalse();
            for (CompletableFuture<BatchReply> repeat : repeats) {
                assertThat(only(repeat).getResult().getReused()).isTrue();
                assertThat(only(repeat).getResult().getOutput())
                        .isEqualTo(only(first).getResult().getOutput());
            }
            assertThat(only(repeats.get(1)).getAttempt()).isEqualTo(2);
            assertThat(slow.calls).hasValue(1);
        }
    }

    @Test
    void itemsOverTheCapacityAreSentBackAtOnce() throws Exception {
        try (TestRoom room = new TestRoom(folder, 1, 2, List.of(slow.factory()))) {
            CompletableFuture<BatchReply> first = call(room, "slow", 1);
            awaitQuietly(begun);

            CompletableFuture<BatchReply> three = room.caller.callLater(
                    "slow", Caller.batch("slow", saying("b", "x"), saying("c", "x"), saying("d", "x")));
            inFlight(room, 2);
            BatchReply busy = room.caller.call("slow", Caller.batch("slow", saying("e", "x")));
            goOn.countDown();

            assertThat(busy.getItems(0).getFailure().getCode()).isEqualTo("BUSY");
            assertThat(busy.getItems(0).getFailure().getRetryable()).isTrue();
            assertThat(only(first).hasResult()).isTrue();
            assertThat(three.get(120, TimeUnit.SECONDS).getItemsList())
                    .extracting(ItemReply::hasResult)
                    .containsExactly(true, false, false);
        }
    }

    @Test
    void aCancelStopsARunBetweenItsSteps() throws Exception {
        try (TestRoom room = new TestRoom(folder, strips)) {
            CompletableFuture<BatchReply> run = call(room, "strips", 1);
            awaitQuietly(begun);

            room.cancellations.note("task", 1);

            assertThat(only(run).getFailure().getCode()).isEqualTo("CANCELLED");
            assertThat(only(run).getFailure().getRetryable()).isFalse();
        }
    }

    @Test
    void aCancelledRunGoesOnForAWantedRepeat() throws Exception {
        try (TestRoom room = new TestRoom(folder, strips)) {
            CompletableFuture<BatchReply> cancelled = call(room, "strips", 1);
            awaitQuietly(begun);
            CompletableFuture<BatchReply> wanted = call(room, "strips", 2);
            inFlight(room, 2);

            room.cancellations.note("task", 1);

            assertThat(only(wanted).hasResult()).isTrue();
            assertThat(only(cancelled).hasResult()).isTrue();
            assertThat(strips.calls).hasValue(1);
        }
    }

    @Test
    void aRunPastItsDeadlineStopsBetweenItsSteps() throws Exception {
        try (TestRoom room = new TestRoom(folder, strips)) {
            ItemReply reply = room.caller
                    .call(
                            "strips",
                            saying("task", "x").toBuilder()
                                    .setDeadlineMs(System.currentTimeMillis() + 300)
                                    .build())
                    .get(0);

            assertThat(reply.getFailure().getCode()).isEqualTo("EXPIRED");
        }
    }

    @Test
    void ticksCarryTheStepAndComeAtMostEveryHundredMilliseconds() throws Exception {
        try (TestRoom room = new TestRoom(folder, strips)) {
            long began = System.nanoTime();
            room.caller.call("strips", saying("task", "x"));
            long tenths = Duration.ofNanos(System.nanoTime() - began).toMillis() / 100;

            List<Progress> ticks = List.copyOf(room.progress);
            assertThat(ticks.size()).isBetween(3, (int) tenths + 1);
            for (int i = 1; i < ticks.size(); i++) {
                assertThat(ticks.get(i).getTick().getFraction())
                        .isGreaterThan(ticks.get(i - 1).getTick().getFraction());
            }
            assertThat(ticks).allSatisfy(tick -> {
                assertThat(tick.getUserId()).isEqualTo("user-1");
                assertThat(List.of(tick.getAttempt(), tick.getStep())).containsExactly(1, 4);
                assertThat(tick.getTick().getPhase()).isEqualTo("a_phase");
            });
        }
    }

    @Test
    void aQuickFunctionDoesNotWaitBehindTheQueueOfASlowOne() throws Exception {
        Queue<String> turns = new ConcurrentLinkedQueue<>();
        TestFunction heavy = new TestFunction("heavy", (input, context) -> {
            turns.add("heavy");
            return wait(input, context);
        });
        TestFunction quick = new TestFunction("quick", (input, context) -> {
            turns.add("quick");
            return TestFunction.ECHO.compute(input, context);
        });
        try (TestRoom room = new TestRoom(folder, 1, 100, List.of(heavy.factory(), quick.factory()))) {
            InferenceItem[] queue = Stream.of("a", "b", "c", "d", "e")
                    .map(task -> saying(task, "x"))
                    .toArray(InferenceItem[]::new);
            CompletableFuture<BatchReply> slowOnes = room.caller.callLater("heavy", Caller.batch("heavy", queue));
            awaitQuietly(begun);
            CompletableFuture<BatchReply> quickOne =
                    room.caller.callLater("quick", Caller.batch("quick", saying("q", "x")));
            inFlight(room, 6);
            goOn.countDown();

            assertThat(only(quickOne).hasResult()).isTrue();
            assertThat(slowOnes.get(120, TimeUnit.SECONDS).getItemsList()).allMatch(ItemReply::hasResult);
            assertThat(List.copyOf(turns).indexOf("quick")).isLessThanOrEqualTo(2);
        }
    }

    private CompletableFuture<BatchReply> call(TestRoom room, String function, int attempt) {
        return room.caller.callLater(
                function,
                Caller.batch(
                        function,
                        saying("task", "x").toBuilder().setAttempt(attempt).build()));
    }

    private static ItemReply only(CompletableFuture<BatchReply> reply) throws Exception {
        return reply.get(120, TimeUnit.SECONDS).getItems(0);
    }

    private static void inFlight(TestRoom room, int items) {
        Awaitility.await().until(() -> room.caller.metric("inference_items_in_flight") == items);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited 10 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Work of a strip: half a millisecond. */
    private static void pause() {
        long until = System.nanoTime() + Duration.ofNanos(500_000).toNanos();
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }
}
