package io.millrace.edge.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IdempotentIdTest {
    private static final long NOON = Instant.parse("2026-11-21T12:00:00Z").toEpochMilli();

    @Test
    void twoEdgesAgreeWithinTheHour() {
        TaskId early = IdempotentId.of("alice", "k", NOON);
        TaskId late =
                IdempotentId.of("alice", "k", NOON + Duration.ofMinutes(59).toMillis());

        assertThat(late).isEqualTo(early);
        assertThat(early.createdAtMillis()).isEqualTo(NOON);
    }

    @Test
    void tenantsAndKeysDoNotMeet() {
        assertThat(IdempotentId.of("alice", "k", NOON)).isNotEqualTo(IdempotentId.of("bob", "k", NOON));
        assertThat(IdempotentId.of("alice", "k", NOON)).isNotEqualTo(IdempotentId.of("alice", "l", NOON));
        assertThat(IdempotentId.of("a", "lice", NOON)).isNotEqualTo(IdempotentId.of("al", "ice", NOON));
    }

    @Test
    void idsOfTheLastDayAreKnown() {
        long next = NOON + Duration.ofHours(23).toMillis();

        assertThat(IdempotentId.lately("alice", "k", next)).contains(IdempotentId.of("alice", "k", NOON));
        assertThat(IdempotentId.lately("alice", "k", next).get(0)).isEqualTo(IdempotentId.of("alice", "k", next));
    }
}
