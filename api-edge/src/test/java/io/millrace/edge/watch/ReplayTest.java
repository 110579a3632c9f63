package io.millrace.edge.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.live.LiveEvent;
import io.millrace.edge.live.LiveLimits;
import io.millrace.edge.live.LiveView;
import io.millrace.edge.live.LogRecord;
import io.millrace.edge.live.Place;
import io.millrace.edge.live.Records;
import io.millrace.schemas.v1.CampaignStep;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class ReplayTest {
    private static final String USER = Story.USER;
    private static final Hub.Scope MINE = new Hub.Scope.AllOfUser(USER);

    private final List<LogRecord> log = new ArrayList<>();
    private final Hub hub = new Hub(
            new LiveView(new LiveLimits(Duration.ofHours(1), 10, 1 << 20, 10, 4, 1 << 20, 10, 2)),
            new MailboxLimits(100, Duration.ZERO),
            Schedulers.immediate(),
            Clock.systemUTC());
    private final Replay replay = new Replay(hub, new MemoryHistory(log));
    private final Records records = new Records();

    @Test
    void cursorAheadOfThisEdgeWaitsForItsEventsAndGetsNoneTwice() {
        write(3);
        for (int i = 4; i <= 6; i++) {
            log.add(records.step("task_a", USER, 1, i, "processing", "p" + i));
        }
        Place ahead = at(4);
        List<Long> seen = new ArrayList<>();
        Hub.Opening opening = hub.open(MINE, Records.PARTITION);
        hub.apply(log.get(3));

        assertThat(replay.between(MINE, USER, ahead, opening).block()).isEqualTo(new Replay.Result(List.of(), null));
        opening.live().subscribe(event -> seen.add(event.place().offset()));
        log.subList(4, 6).forEach(hub::apply);
        assertThat(seen).containsExactly(5L);
    }

    @Test
    void cursorThatNoLogEverReachedIsAGap() {
        write(3);

        assertThat(reason(at(70))).isEqualTo("unknown_cursor");
        assertThat(reason(Place.of(Records.PARTITION + 1, 0, 0))).isEqualTo("unknown_cursor");
    }

    @Test
    void cursorBeforeWhatThisEdgeHasReadIsAGap() {
        hub.beginAt(Records.PARTITION, 1_000);
        hub.apply(new LogRecord(
                at(1_000), records.step("task_a", USER, 1, 1, "queued", "init").progress()));

        assertThat(reason(at(500))).isEqualTo("retention");
        assertThat(between(at(999)).gap()).isNull();
    }

    @Test
    void stretchThatIsTooLongIsAGap() {
        hub.beginAt(Records.PARTITION, 0);
        for (int i = 0; i < 6; i++) {
            long offset = i * (ProgressHistory.MAX_RECORDS / 5L + 1);
            hub.apply(new LogRecord(
                    at(offset),
                    records.step("task_a", USER, 1, i + 1, "processing", "p" + i)
                            .progress()));
        }

        assertThat(reason(at(0))).isEqualTo("too_far_back");
    }

    @Test
    void logThatDoesNotAnswerIsAGap() {
        write(20);
        Replay broken = new Replay(hub, new ProgressHistory() {
            @Override
            public Mono<List<LogRecord>> read(Range range) {
                return Mono.error(new IllegalStateException("no broker"));
            }

            @Override
            public Mono<Long> end(int partition) {
                return Mono.error(new IllegalStateException("no broker"));
            }

            @Override
            public Mono<Long> firstSince(int partition, long timeMillis) {
                return Mono.error(new IllegalStateException("no broker"));
            }
        });

        Replay.Result result = Objects.requireNonNull(
                broken.between(MINE, USER, at(0), opened()).block());
        assertThat(Objects.requireNonNull(result.gap()).content())
                .isEqualTo(new LiveEvent.Skipped(at(0), 0, "unavailable"));
        Replay.Result ahead = Objects.requireNonNull(
                broken.between(MINE, USER, at(70), opened()).block());
        assertThat(Objects.requireNonNull(ahead.gap()).content())
                .isEqualTo(new LiveEvent.Skipped(at(70), 0, "unavailable"));
    }

    @Test
    void campaignIsToldOfItselfOnlyWhereverItsEventsAreReadFrom() {
        hub.beginAt(Records.PARTITION, 0);
        Place beginning = at(-1);
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            apply(row("task_own" + i, "camp_own", "processing"));
            expected.add(apply(row("task_own" + i, "camp_own", "completed")));
            expected.add(apply(counts("camp_own", i, 0)));
            apply(records.log("task_own" + i, USER, 1, "p1", "line"));
            apply(row("task_other" + i, "camp_other", "completed"));
            apply(counts("camp_other", i, 1_000));
            apply(records.step("task_alone" + i, USER, 1, 1, "completed", "completed"));
        }
        Hub.Scope campaign = new Hub.Scope.OneCampaign("camp_own");

        for (Place after : List.of(beginning, at(9), at(26))) {
            Replay.Result result = Objects.requireNonNull(
                    replay.between(campaign, USER, after, opened()).block());
            assertThat(result.gap()).isNull();
            assertThat(result.events())
                    .extracting(event -> event.place().offset())
                    .as("after " + after.offset())
                    .isEqualTo(expected.stream()
                            .filter(offset -> offset > after.offset())
                            .toList());
        }
    }

    private LogRecord row(String taskId, String campaignId, String status) {
        int number = status.equals("completed") ? 2 : 1;
        LogRecord step = records.step(taskId, USER, 1, number, status, "p" + number);
        return new LogRecord(
                step.place(),
                step.progress().toBuilder().setCampaignId(campaignId).build());
    }

    private LogRecord counts(String campaignId, int completed, long completedAt) {
        CampaignStep step = CampaignStep.newBuilder()
                .setCompleted(completed)
                .setVersion(completed)
                .setCompletedAtMs(completedAt)
                .build();
        return records.record(
                Records.base(campaignId, USER, 0).setCampaignId(campaignId).setCampaign(step));
    }

    private long apply(LogRecord record) {
        log.add(record);
        hub.apply(record);
        return record.place().offset();
    }

    private void write(int steps) {
        hub.beginAt(Records.PARTITION, 0);
        for (int i = 1; i <= steps; i++) {
            LogRecord record = records.step("task_a", USER, 1, i, "processing", "p" + i);
            log.add(record);
            hub.apply(record);
        }
    }

    private Replay.Result between(Place after) {
        return Objects.requireNonNull(
                replay.between(MINE, USER, after, opened()).block());
    }

    private Hub.Opening opened() {
        return hub.open(MINE, Records.PARTITION);
    }

    private String reason(Place after) {
        @Nullable LiveEvent gap = between(after).gap();
        return ((LiveEvent.Skipped) Objects.requireNonNull(gap).content()).reason();
    }

    private static Place at(long offset) {
        return Place.of(Records.PARTITION, offset, 1);
    }
}
