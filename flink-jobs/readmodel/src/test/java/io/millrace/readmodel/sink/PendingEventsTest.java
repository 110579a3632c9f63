package io.millrace.readmodel.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.readmodel.event.ReceivedEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PendingEventsTest {
    private static final FlushSettings SETTINGS = new FlushSettings(3, 4_000, Duration.ZERO, 5, 100_000);

    @Test
    void batchesKeepTheOrderAndTheBounds() throws Exception {
        PendingEvents pending = new PendingEvents(SETTINGS, List.of());
        for (int i = 0; i < 4; i++) {
            pending.put(event(i, 10));
        }
        assertThat(pending.nextBatch()).extracting(ReceivedEvent::offset).containsExactly(0L, 1L, 2L);
        pending.confirm(3);
        assertThat(pending.nextBatch()).extracting(ReceivedEvent::offset).containsExactly(3L);
    }

    @Test
    void batchIsBoundedByBytesAndALargeEventGoesAlone() throws Exception {
        PendingEvents pending = new PendingEvents(
                SETTINGS, List.of(event(0, 9_000), event(1, 2_000), event(2, 1_000), event(3, 3_000)));

        assertThat(pending.nextBatch()).extracting(ReceivedEvent::offset).containsExactly(0L);
        pending.confirm(1);
        assertThat(pending.nextBatch()).extracting(ReceivedEvent::offset).containsExactly(1L, 2L);
    }

    @Test
    void whatIsBeingStoredIsStillPending() throws Exception {
        PendingEvents pending = new PendingEvents(SETTINGS, List.of(event(0, 1), event(1, 1)));

        pending.nextBatch();

        assertThat(pending.all()).hasSize(2);
    }

    @Test
    void fullBufferHoldsTheStreamUntilSomethingIsStored() throws Exception {
        PendingEvents pending = new PendingEvents(SETTINGS, List.of());
        for (int i = 0; i < 5; i++) {
            pending.put(event(i, 1));
        }
        CompletableFuture<Void> blocked = CompletableFuture.runAsync(() -> put(pending, event(5, 1)));
        assertThatThrownBy(() -> blocked.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

        pending.confirm(1);

        blocked.get(120, TimeUnit.SECONDS);
        assertThat(pending.size()).isEqualTo(5);
    }

    @Test
    void deadFlusherIsToldToAStreamThatWaits() throws Exception {
        PendingEvents pending = new PendingEvents(SETTINGS, List.of(event(0, 1)));
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> awaitEmpty(pending));

        pending.fail(new IllegalStateException("defect"));

        assertThatThrownBy(() -> waiting.get(120, TimeUnit.SECONDS)).hasRootCauseMessage("defect");
        assertThatThrownBy(() -> pending.put(event(1, 1))).isInstanceOf(IOException.class);
    }

    @Test
    void closedBufferEndsTheFlusherAndKeepsItsEvents() throws Exception {
        PendingEvents pending = new PendingEvents(SETTINGS, List.of(event(0, 1)));

        pending.close();

        assertThat(pending.nextBatch()).isEmpty();
        assertThat(pending.all()).hasSize(1);
    }

    private static void put(PendingEvents pending, ReceivedEvent event) {
        try {
            pending.put(event);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitEmpty(PendingEvents pending) {
        try {
            pending.awaitEmpty();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ReceivedEvent event(long offset, int bytes) {
        return new ReceivedEvent("t", new byte[0], new byte[bytes], 0, offset);
    }
}
