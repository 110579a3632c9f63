package io.millrace.edge.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UnacknowledgedTest {
    private static final long PATIENCE = Unacknowledged.PATIENCE.toMillis();

    private final Unacknowledged unacknowledged = new Unacknowledged();

    @Test
    void whatIsNotAcknowledgedIsToldThreeTimesInAll() {
        unacknowledged.sent(message("a"), 0);

        assertThat(unacknowledged.due(PATIENCE - 1)).isEmpty();
        assertThat(unacknowledged.due(PATIENCE)).hasSize(1);
        assertThat(unacknowledged.due(PATIENCE + 1)).isEmpty();
        assertThat(unacknowledged.due(2 * PATIENCE)).hasSize(1);
        assertThat(unacknowledged.due(9 * PATIENCE)).isEmpty();
    }

    @Test
    void whatIsAcknowledgedIsNotToldAgain() {
        unacknowledged.sent(message("a"), 0);
        unacknowledged.sent(message("b"), 0);

        assertThat(unacknowledged.acknowledged("a")).isTrue();
        assertThat(unacknowledged.acknowledged("a")).isFalse();

        assertThat(unacknowledged.due(PATIENCE))
                .extracting(body -> new String(body, StandardCharsets.UTF_8))
                .containsExactly("b");
    }

    @Test
    void aClientThatAcknowledgesNothingCostsABoundedAmount() {
        for (int i = 0; i < 10_000; i++) {
            unacknowledged.sent(message("m" + i), 0);
        }

        assertThat(unacknowledged.due(PATIENCE)).hasSize(256);
    }

    private static Messages.Message message(String id) {
        return new Messages.Message(id, "task_1", true, id.getBytes(StandardCharsets.UTF_8));
    }
}
