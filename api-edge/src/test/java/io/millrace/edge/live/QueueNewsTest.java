package io.millrace.edge.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.v1.LaneHead;
import io.millrace.schemas.v1.QueueHead;
import io.millrace.schemas.v1.QueuePlace;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Lanes and tasks are written by different subtasks: what one says may overtake what the other says. */
class QueueNewsTest {
    private static final String TASK = "task_1";
    private static final String ALICE = "alice";
    private static final long NOW = 1_000_000;

    private final Records records = new Records();
    private final LiveView view =
            new LiveView(new LiveLimits(Duration.ofHours(1), 10, 1 << 20, 10, 10, 1 << 20, 10, 2));

    @Test
    void aPlaceThatOvertookItsStepCounts() {
        view.apply(head(), NOW);
        view.apply(place(7), NOW);
        assertThat(view.outlook().standing(TASK, NOW)).isEmpty();

        view.apply(records.step(TASK, ALICE, 1, 1, "queued", "init"), NOW);

        assertThat(view.outlook().standing(TASK, NOW))
                .hasValueSatisfying(
                        standing -> assertThat(standing.ownPosition()).isEqualTo(4));
    }

    @Test
    void aPlaceThatComesAfterTheStartIsOfNoUse() {
        view.apply(head(), NOW);
        view.apply(records.step(TASK, ALICE, 1, 1, "queued", "init"), NOW);
        view.apply(records.step(TASK, ALICE, 1, 2, "processing", "p2"), NOW);

        view.apply(place(7), NOW);

        assertThat(view.outlook().standing(TASK, NOW)).isEmpty();
        view.apply(records.step(TASK, ALICE, 1, 3, "paused", "p2"), NOW);
        view.apply(records.step(TASK, ALICE, 1, 4, "queued", "p2"), NOW);
        assertThat(view.outlook().standing(TASK, NOW))
                .as("the place of the wait before")
                .isEmpty();
    }

    @Test
    void aPlaceThatOvertookAResumeCounts() {
        view.apply(head(), NOW);
        view.apply(records.step(TASK, ALICE, 1, 1, "paused", "p1"), NOW);
        view.apply(place(7), NOW);

        view.apply(records.step(TASK, ALICE, 1, 2, "queued", "p1"), NOW);

        assertThat(view.outlook().standing(TASK, NOW)).isPresent();
    }

    @Test
    void whoWasWithdrawnBeforeItIsNotAmongThoseBeforeATask() {
        QueueHead.Builder queue = alice().setTaken(3).setAdded(50).setWaiting(1);
        QueuePlace.Builder place = QueuePlace.newBuilder()
                .setLane("poster")
                .setPriority(5)
                .setTenant(ALICE)
                .setOrdinal(50)
                .setTicket(1)
                .setWithdrawn(40);

        assertThat(position(queue, place)).as("all others have gone").isEqualTo(1);
        assertThat(position(queue.setWaiting(9), place)).isEqualTo(7);
        assertThat(position(queue.setTaken(13).setDeclined(10), place)).isEqualTo(7);
        assertThat(position(queue.setTaken(47).setDeclined(44), place)).isEqualTo(3);
        assertThat(position(queue.setTaken(3).setDeclined(0).setAdded(45).setWaiting(0), place))
                .as("it came after the head")
                .isEqualTo(5);
    }

    private static long position(QueueHead.Builder queue, QueuePlace.Builder place) {
        LaneBook book = new LaneBook(outcome -> {});
        book.head(Records.base("lane:poster", "lane:poster", 0)
                .setLane(LaneHead.newBuilder().setLane("poster").setLimit(1).addQueues(queue))
                .build());
        book.enqueued(Records.base(TASK, ALICE, 0).setQueued(place).build());
        return book.standing(TASK, NOW).orElseThrow().ownPosition();
    }

    private static QueueHead.Builder alice() {
        return QueueHead.newBuilder().setPriority(5).setTenant(ALICE).setWeight(1);
    }

    private LogRecord head() {
        QueueHead alice = QueueHead.newBuilder()
                .setPriority(5)
                .setTenant(ALICE)
                .setTaken(3)
                .setWaiting(4)
                .setWeight(1)
                .build();
        return records.record(Records.base("lane:poster", "lane:poster", 0)
                .setLane(LaneHead.newBuilder()
                        .setLane("poster")
                        .setLimit(1)
                        .setRunning(1)
                        .setWaiting(4)
                        .addQueues(alice)));
    }

    private LogRecord place(long ordinal) {
        return records.record(Records.base(TASK, ALICE, 0)
                .setQueued(QueuePlace.newBuilder()
                        .setLane("poster")
                        .setPriority(5)
                        .setTenant(ALICE)
                        .setOrdinal(ordinal)
                        .setTicket(1)));
    }
}
