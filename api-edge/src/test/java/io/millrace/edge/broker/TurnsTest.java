package io.millrace.edge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.problem.Problem;
import io.millrace.schemas.task.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void whoeverWaitsTooLongIsRefusedAndWhoeverHasBegunIsNot() throws Exception {
        try (Turns turns = new Turns("test", Duration.ofMillis(200), 8, TurnsTest::busy)) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            AtomicInteger done = new AtomicInteger();
            CompletableFuture<Void> first = turns.take(() -> {
                        begun.countDown();
                        await(end);
                        done.incrementAndGet();
                    })
                    .toFuture();
            begun.await();
            List<CompletableFuture<Void>> waiting = Stream.generate(
                            () -> turns.take(done::incrementAndGet).toFuture())
                    .limit(8)
                    .toList();
            CompletableFuture<Void> tooMany = turns.take(done::incrementAndGet).toFuture();

            assertBusy(tooMany);
            waiting.forEach(TurnsTest::assertBusy);
            assertThat(first).isNotDone();
            end.countDown();
            assertThat(first).succeedsWithin(PATIENCE);
            assertThat(turns.take(() -> {}).toFuture()).succeedsWithin(PATIENCE);
            assertThat(done).as("what was refused is never done").hasValue(1);
        }
    }

    private static void assertBusy(CompletableFuture<Void> refused) {
        assertThat(refused)
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("busy");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Problem busy() {
        return Problem.unavailable("busy", ErrorCode.BUSY);
    }
}
