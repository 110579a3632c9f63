package io.millrace.engine.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.schemas.task.CampaignId;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.v1.CampaignMessage;
import io.millrace.schemas.v1.CampaignState;
import io.millrace.schemas.v1.CampaignStep;
import io.millrace.schemas.v1.CancelCampaign;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.EventRecord;
import io.millrace.schemas.v1.RowEnded;
import io.millrace.schemas.v1.RowReopened;
import io.millrace.schemas.v1.StartCampaign;
import io.millrace.schemas.v1.TaskCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CampaignMachineTest {
    private static final CampaignId ID = CampaignId.of(1_790_000_000_000L, 1, 2);
    private static final List<TaskStatus> ENDS =
            List.of(TaskStatus.COMPLETED, TaskStatus.PARTIAL_FAILURE, TaskStatus.FAILED, TaskStatus.CANCELLED);
    private static final int RUNS = 3_000;

    private final CampaignMachine machine = new CampaignMachine(CampaignLimits.defaults());
    private final List<CampaignStep> steps = new ArrayList<>();
    private final List<EventRecord> events = new ArrayList<>();
    private final List<CommandAnswer> answers = new ArrayList<>();
    private final Set<String> cancelled = new LinkedHashSet<>();
    private final List<CampaignMessage> wakes = new ArrayList<>();
    private @Nullable CampaignState state;
    private long now = 1_790_000_000_000L;

    @Test
    void countsAddUpWhateverHappensToTheRows() {
        for (long seed = 0; seed < RUNS; seed++) {
            reset();
            SplittableRandom random = new SplittableRandom(seed);
            int total = 1 + random.nextInt(40);
            Map<Integer, TaskStatus> ended = new HashMap<>();
            boolean started = random.nextBoolean();
            if (started) {
                start(total);
            }
            for (int i = 0; i < 150; i++) {
                now += random.nextInt(900);
                int row = random.nextInt(total);
                if (random.nextInt(4) > 0) {
                    TaskStatus status = ENDS.get(random.nextInt(4));
                    ended.put(row, status);
                    end(row, status);
                } else {
                    reopen(row);
                    ended.remove(row);
                }
                if (!started && random.nextInt(20) == 0) {
                    started = true;
                    start(total);
                }
                ring("publish");
                if (started) {
                    check(seed, total, ended);
                }
            }
            assertNoGaps(seed);
        }
    }

    @Test
    void countsAreToldAtMostOncePerSecondAndAtOnceAtTheEnd() {
        start(1_000);
        for (int row = 0; row < 999; row++) {
            end(row, TaskStatus.COMPLETED);
        }
        assertThat(steps).hasSize(1);
        assertThat(ring("publish")).isTrue();
        assertThat(steps).hasSize(2);
        assertThat(steps.get(1).getCompleted()).isEqualTo(999);

        end(999, TaskStatus.FAILED);

        assertThat(steps).hasSize(3);
        assertThat(steps.get(2).getFailed()).isEqualTo(1);
        assertThat(steps.get(2).getCompletedAtMs()).isEqualTo(now);
        assertThat(types()).containsExactly(EventType.CAMPAIGN_STARTED, EventType.CAMPAIGN_COMPLETED);
        assertThat(events.get(1).getData().toStringUtf8())
                .contains("\"total\":1000", "\"completed\":999", "\"failed\":1", "\"partial_failure\":0");
    }

    @Test
    void aRetryIsSummedUpAgainWithTheNextVersion() {
        start(2);
        end(0, TaskStatus.FAILED);
        end(1, TaskStatus.COMPLETED);
        end(1, TaskStatus.COMPLETED);
        reopen(0);
        end(0, TaskStatus.COMPLETED);

        assertThat(types())
                .containsExactly(
                        EventType.CAMPAIGN_STARTED, EventType.CAMPAIGN_COMPLETED, EventType.CAMPAIGN_COMPLETED);
        assertThat(events).extracting(EventRecord::getVersion).containsExactly(1L, 2L, 3L);
        assertThat(events.get(2).getData().toStringUtf8()).contains("\"completed\":2", "\"failed\":0");
    }

    @Test
    void rateAndEndAreEstimatedFromTheLastSeconds() {
        start(1_000);
        for (int row = 0; row < 600; row++) {
            end(row, TaskStatus.COMPLETED);
            now += 100;
        }
        ring("publish");

        CampaignStep last = steps.get(steps.size() - 1);

        assertThat(last.getRate()).isBetween(9.5f, 10.5f);
        assertThat(last.getEstimatedEndMs() - now).isBetween(37_000L, 43_000L);
    }

    @Test
    void cancelReachesEveryRowThatHasNotEndedInChunks() {
        start(1_000);
        end(3, TaskStatus.COMPLETED);
        apply(cancel("cancel-1", "owner"));
        assertThat(cancelled).hasSize(199);
        assertThat(steps.get(steps.size() - 1).getCancelling()).isFalse();
        ring("publish");
        assertThat(steps.get(steps.size() - 1).getCancelling()).isTrue();

        int chunks = 1;
        while (ring("cancel")) {
            chunks++;
        }

        assertThat(chunks).isEqualTo(5);
        assertThat(cancelled)
                .hasSize(999)
                .doesNotContain(ID.task(3).value())
                .contains(ID.task(999).value());
        for (int row = 0; row < 1_000; row++) {
            end(row, row == 3 ? TaskStatus.COMPLETED : TaskStatus.CANCELLED);
        }
        assertThat(types()).containsExactly(EventType.CAMPAIGN_STARTED, EventType.CAMPAIGN_COMPLETED);
        apply(cancel("cancel-2", "owner"));
        assertThat(answers.get(answers.size() - 1).getCode()).isEqualTo("CONFLICT");
    }

    @Test
    void aCancelThatComesFirstIsRememberedForItsOwnerOnly() {
        apply(cancel("cancel-1", "owner"));
        start(10);
        assertThat(cancelled).hasSize(10);

        reset();
        apply(cancel("cancel-1", "stranger"));
        start(10);
        assertThat(cancelled).isEmpty();
        apply(cancel("cancel-2", "stranger"));
        assertThat(answers.get(answers.size() - 1).getCode()).isEqualTo("FORBIDDEN");
    }

    @Test
    void whatIsKeptShrinksAtTheEndAndGoesAfterRetention() {
        start(50_000);
        for (int row = 0; row < 50_000; row++) {
            end(row, TaskStatus.COMPLETED);
        }
        assertThat(java.util.Objects.requireNonNull(state).getSerializedSize()).isLessThan(200);

        now += CampaignLimits.defaults().retention().toMillis();
        ring("retention");

        assertThat(state).isNull();
    }

    @Test
    void aClockThatIsSetBackPutsTheEndOfRetentionOff() {
        start(1);
        end(0, TaskStatus.COMPLETED);
        now -= 3_600_000;
        ring("retention");
        assertThat(state).isNotNull();
        now += 3_600_000 + CampaignLimits.defaults().retention().toMillis();

        assertThat(ring("retention")).as("there is a timer again").isTrue();

        assertThat(state).isNull();
    }

    @Test
    void aRunningCampaignOutlivesItsFirstRetentionTimer() {
        end(0, TaskStatus.COMPLETED);
        start(2);
        now += CampaignLimits.defaults().retention().toMillis();

        ring("retention");

        assertThat(state).isNotNull();
    }

    private void check(long seed, int total, Map<Integer, TaskStatus> ended) {
        CampaignState kept = java.util.Objects.requireNonNull(state);
        CampaignRows rows = new CampaignRows(ID.value(), kept.toBuilder());
        assertThat(List.of(rows.completed(), rows.partial(), rows.failed(), rows.cancelled()))
                .as("seed %s", seed)
                .containsExactlyElementsOf(ENDS.stream()
                        .map(status -> (int)
                                ended.values().stream().filter(status::equals).count())
                        .toList());
        assertThat(kept.getEnded()).isEqualTo(ended.size());
        assertThat(kept.getCompletedAtMs() > 0).as("seed %s", seed).isEqualTo(ended.size() == total);
        CampaignStep told = steps.get(steps.size() - 1);
        assertThat(told.getCompleted() + told.getPartialFailure() + told.getFailed() + told.getCancelled())
                .isLessThanOrEqualTo(total);
    }

    private void assertNoGaps(long seed) {
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).getVersion()).as("seed %s", seed).isEqualTo(i + 1);
        }
    }

    private List<EventType> types() {
        return events.stream()
                .map(event -> EventType.ofWireName(event.getType()))
                .toList();
    }

    private void start(int total) {
        apply(CampaignMessage.newBuilder()
                .setCommand(TaskCommand.newBuilder()
                        .setCommandId("start")
                        .setTaskId(ID.value())
                        .setUserId("owner")
                        .setStartCampaign(StartCampaign.newBuilder()
                                .setName("spring")
                                .setType("poster")
                                .setTotal(total)))
                .build());
    }

    private static CampaignMessage cancel(String commandId, String user) {
        return CampaignMessage.newBuilder()
                .setCommand(TaskCommand.newBuilder()
                        .setCommandId(commandId)
                        .setTaskId(ID.value())
                        .setUserId(user)
                        .setCancelCampaign(CancelCampaign.newBuilder().setReason("enough")))
                .build();
    }

    private void end(int row, TaskStatus status) {
        apply(CampaignMessage.newBuilder()
                .setEnded(RowEnded.newBuilder().setRow(row).setStatus(status.wireName()))
                .build());
    }

    private void reopen(int row) {
        apply(CampaignMessage.newBuilder()
                .setReopened(RowReopened.newBuilder().setRow(row))
                .build());
    }

    /** Rings the timer of this kind. @return whether it had been set */
    private boolean ring(String kind) {
        for (CampaignMessage wake : wakes) {
            if (wake.getTimer().getKind().equals(kind)) {
                wakes.remove(wake);
                apply(wake);
                return true;
            }
        }
        return false;
    }

    private void apply(CampaignMessage message) {
        Decision<CampaignState> decision = machine.decide(ID.value(), state, message, new Moment(now, 1));
        state = decision.state();
        for (Effect effect : decision.effects()) {
            if (effect instanceof Effect.Publish publish) {
                events.add(publish.event());
            } else if (effect instanceof Effect.Tell tell && tell.progress().hasCampaign()) {
                steps.add(tell.progress().getCampaign());
            } else if (effect instanceof Effect.Tell tell) {
                answers.add(tell.progress().getAnswer());
            } else if (effect instanceof Effect.ToTask to) {
                cancelled.add(to.taskId());
                assertThat(to.message().getCommand().getUserId()).isEqualTo("owner");
            } else if (effect instanceof Effect.Wake<?> wake) {
                CampaignMessage timer = (CampaignMessage) wake.message();
                wakes.removeIf(set -> !wake.token().isEmpty() && set.equals(timer));
                wakes.add(timer);
            }
        }
    }

    private void reset() {
        state = null;
        steps.clear();
        events.clear();
        answers.clear();
        cancelled.clear();
        wakes.clear();
    }
}
