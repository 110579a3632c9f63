package io.millrace.engine.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Effect;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.LaneHead;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.v1.LaneState;
import io.millrace.schemas.v1.LaneTimer;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.QueuePlace;
import io.millrace.schemas.v1.SlotHolder;
import io.millrace.schemas.v1.TenantLoad;
import io.millrace.schemas.workflow.Definitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shares of tenants, and what a lane says of itself. */
class LanePolicyTest {
    private static final String LANE = "shared";
    private static final int RUNS = 1_000;
    private static final LaneMessage PUBLISH = LaneMessage.newBuilder()
            .setTimer(LaneTimer.newBuilder().setKind("publish"))
            .build();

    @TempDir
    private Path folder;

    private Definitions definitions = Definitions.shipped();

    @BeforeEach
    void define() throws IOException {
        Files.writeString(folder.resolve("lanes.yaml"), """
                lanes:
                  shared:
                    concurrency: 4
                    default_cap: 3
                    tenants:
                      heavy: {weight: 3, cap: 4}
                      narrow: {weight: 2, cap: 1}
                """);
        definitions = Definitions.shippedAnd(folder);
    }

    @Test
    void grantsFollowThePolicyAlsoAfterARestore() throws Exception {
        for (long seed = 0; seed < RUNS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RunningLane lane = new RunningLane(LANE, definitions);
            if (seed % 2 == 0) {
                // The numbers of queues with pages come round.
                lane.state = LaneState.newBuilder()
                        .setNextQueue(Integer.MAX_VALUE - 3)
                        .build();
            }
            PolicyModel model = new PolicyModel(definitions.lane(LANE));
            for (int i = 0; i < 300; i++) {
                lane.now += random.nextInt(4_000);
                if (random.nextInt(40) == 0) {
                    lane = lane.restored(definitions);
                }
                happen(random, lane, model, "task-" + i);
                if (!lane.granted.equals(model.granted)) {
                    assertThat(lane.granted).as("seed %s, step %s", seed, i).isEqualTo(model.granted);
                }
                assertThat(holders(lane)).as("seed %s, step %s", seed, i).isEqualTo(model.holders);
                assertThat(loads(lane))
                        .isEqualTo(model.holders.values().stream()
                                .collect(Collectors.groupingBy(user -> user, Collectors.summingInt(user -> 1))));
            }
        }
    }

    @Test
    void noTenantStarvesAndCapsHold() {
        for (long seed = 0; seed < RUNS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RunningLane lane = new RunningLane(LANE, definitions);
            int tenants = 2 + random.nextInt(100);
            lane.enqueue("first", "quiet", 0);
            int sent = 1;
            while (sent < 400) {
                lane.enqueue("task-" + sent++, "user-" + random.nextInt(tenants), random.nextInt(10));
                if (random.nextBoolean() && lane.state.getHoldersCount() > 0) {
                    lane.release(lane.state
                            .getHolders(random.nextInt(lane.state.getHoldersCount()))
                            .getTaskId());
                }
                assertThat(loads(lane).values()).allMatch(held -> held <= 3);
                assertThat(lane.state.getHoldersCount()).isLessThanOrEqualTo(4);
                lane.now += 100;
            }
            while (lane.state.getHoldersCount() > 0) {
                lane.release(lane.state.getHolders(0).getTaskId());
            }
            assertThat(lane.granted).as("seed %s", seed).hasSize(400).doesNotHaveDuplicates();
            assertThat(lane.state.getWaiting()).isZero();
            assertThat(lane.pages).isEmpty();
        }
    }

    @Test
    void tenantsGetGrantsByTheirWeight() {
        RunningLane lane = new RunningLane(LANE, definitions);
        lane.limit(1);
        for (int i = 0; i < 400; i++) {
            lane.enqueue("heavy-" + i, "heavy", 5);
            lane.enqueue("narrow-" + i, "narrow", 5);
            lane.enqueue("plain-" + i, "plain", 5);
        }

        while (lane.granted.size() < 301) {
            lane.release(lane.state.getHolders(0).getTaskId());
        }

        Map<String, Integer> grants = new HashMap<>();
        lane.granted.subList(1, 301).forEach(task -> grants.merge(task.replaceAll("-.*", ""), 1, Integer::sum));
        assertThat(grants.get("heavy")).isBetween(148, 152);
        assertThat(grants.get("narrow")).isBetween(98, 102);
        assertThat(grants.get("plain")).isBetween(48, 52);
    }

    @Test
    void whoIsAtItsCapKeepsItsTurn() {
        RunningLane lane = new RunningLane(LANE, definitions);
        lane.limit(2);
        lane.enqueue("narrow-0", "narrow", 5);
        lane.enqueue("plain-0", "plain", 5);
        lane.enqueue("narrow-1", "narrow", 5);
        lane.enqueue("plain-1", "plain", 5);
        lane.enqueue("other-0", "other", 5);

        lane.release("plain-0");
        lane.release("narrow-0");

        assertThat(lane.granted).containsExactly("narrow-0", "plain-0", "plain-1", "narrow-1");
    }

    @Test
    void aLowerLimitTakesNoSlotAwayAndAHigherOneIsUsedAtOnce() {
        RunningLane lane = new RunningLane(LANE, definitions);
        for (int i = 0; i < 12; i++) {
            lane.enqueue("task-" + i, "user-" + i, 5);
        }

        lane.limit(2);
        assertThat(lane.state.getHoldersCount()).isEqualTo(4);
        lane.release("task-0");
        lane.release("task-1");
        assertThat(lane.granted).hasSize(4);
        lane.release("task-2");
        assertThat(lane.granted).hasSize(5);
        lane.limit(6);
        assertThat(lane.state.getHoldersCount()).isEqualTo(6);
        lane.limit(0);

        List<CommandAnswer> answers = lane.told.stream()
                .filter(Progress::hasAnswer)
                .map(Progress::getAnswer)
                .toList();
        assertThat(answers).allMatch(CommandAnswer::getAccepted);
        assertThat(answers.get(2).getDetails().toStringUtf8())
                .isEqualTo("{\"lane\":\"shared\",\"previous_limit\":6,\"limit\":4}");
        assertThat(lane.told)
                .filteredOn(Progress::hasAnswer)
                .allMatch(told -> told.getUserId().equals("admin"));
    }

    @Test
    void whoReadsAfterTheAnswerSeesTheLimit() {
        RunningLane lane = new RunningLane(LANE, definitions);
        lane.limit(6);

        List<Effect> effects = lane.limit(8);

        assertThat(effects)
                .as("the head is not kept back for the second that heads lie apart, and no second timer is set")
                .noneMatch(Effect.Wake.class::isInstance);
        assertThat(lane.told).hasSize(4);
        assertThat(lane.told.get(2).getLane().getLimit()).isEqualTo(8);
        assertThat(lane.told.get(3).getAnswer().getAccepted()).isTrue();
    }

    @Test
    void aLimitOutOfRangeAndALaneThatIsUnknownAreRefused() {
        RunningLane lane = new RunningLane(LANE, definitions);
        lane.limit(1001);
        RunningLane unknown = new RunningLane("nowhere", definitions);
        CommandAnswer answer = lane.told.get(1).getAnswer();
        assertThat(answer.getAccepted()).isFalse();
        assertThat(answer.getReason()).contains("limit");
        assertThat(lane.state.getLimit()).isZero();

        List<Effect> effects = unknown.limit(5);

        assertThat(effects)
                .singleElement()
                .satisfies(effect -> assertThat(
                                ((Effect.Tell) effect).progress().getAnswer().getCode())
                        .isEqualTo("NOT_FOUND"));
    }

    @Test
    void whoWaitsIsToldItsPlaceAndWhoRunsAtOnceIsNot() {
        RunningLane lane = new RunningLane(LANE, definitions);
        lane.limit(1);
        for (int i = 0; i < 40; i++) {
            lane.enqueue("task-" + i, "plain", 5);
        }
        lane.release("task-0");
        lane.apply(PUBLISH);

        List<QueuePlace> places = lane.told.stream()
                .filter(Progress::hasQueued)
                .map(Progress::getQueued)
                .toList();
        LaneHead head = lane.told.stream()
                .filter(Progress::hasLane)
                .reduce((first, second) -> second)
                .orElseThrow()
                .getLane();

        assertThat(places).hasSize(39);
        long position = places.get(38).getOrdinal() - head.getQueues(0).getTaken();
        assertThat(position).isEqualTo(38);
        assertThat(head.getWaiting()).isEqualTo(38);
        assertThat(head.getRunning()).isEqualTo(1);
    }

    @Test
    void aQueueThatBeginsAnewCountsOn() {
        RunningLane lane = new RunningLane(LANE, definitions);
        lane.limit(1);
        lane.enqueue("a", "plain", 5);
        lane.enqueue("b", "plain", 5);
        lane.release("a");
        lane.enqueue("c", "plain", 5);

        List<Long> ordinals = lane.told.stream()
                .filter(Progress::hasQueued)
                .map(told -> told.getQueued().getOrdinal())
                .toList();

        assertThat(ordinals).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void headsAreToldAtMostOncePerTimer() {
        RunningLane lane = new RunningLane(LANE, definitions);
        for (int i = 0; i < 100; i++) {
            lane.enqueue("task-" + i, "plain", 5);
        }
        assertThat(lane.told.stream().filter(Progress::hasLane)).hasSize(1);

        lane.apply(PUBLISH);
        assertThat(lane.told.stream().filter(Progress::hasLane)).hasSize(2);

        List<Effect> idle = lane.apply(PUBLISH);
        assertThat(idle).isEmpty();
        assertThat(lane.state.getPublishing()).isFalse();
    }

    @Test
    void heldTimesAreReadOffWithinAFifthAndFade() {
        RunningLane lane = new RunningLane(LANE, definitions);
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 500; i++) {
            lane.enqueue("early-" + i, "plain", 5);
            lane.now += 60_000;
            lane.release("early-" + i);
        }
        for (int i = 0; i < 1_000; i++) {
            lane.enqueue("late-" + i, "plain", 5);
            lane.now += 1_000 + random.nextInt(1_000);
            lane.release("late-" + i);
        }
        HeldTimes held = new HeldTimes(lane.state.toBuilder());

        assertThat(held.percentile(0.1)).isBetween(900L, 1_400L);
        assertThat(held.percentile(0.5)).isBetween(1_250L, 1_750L);
        assertThat(held.percentile(0.9)).isBetween(1_600L, 2_100L);
    }

    private static void happen(SplittableRandom random, RunningLane lane, PolicyModel model, String task) {
        int chosen = random.nextInt(100);
        if (chosen < 3) {
            int limit = 1 + random.nextInt(8);
            lane.limit(limit);
            model.limit = limit;
            model.grant(lane.now);
        } else if (chosen < 60) {
            String user = List.of("heavy", "narrow", "plain", "other", "u-" + random.nextInt(30))
                    .get(random.nextInt(5));
            int priority = random.nextInt(3) * 4;
            lane.enqueue(task, user, priority);
            model.enqueue(task, user, priority, lane.now);
        } else if (!model.holders.isEmpty()) {
            String holder = model.holders.keySet().stream()
                    .sorted()
                    .skip(random.nextInt(model.holders.size()))
                    .findFirst()
                    .orElseThrow();
            lane.release(holder);
            model.release(holder, lane.now);
        }
    }

    private static Map<String, String> holders(RunningLane lane) {
        return lane.state.getHoldersList().stream()
                .collect(Collectors.toMap(SlotHolder::getTaskId, SlotHolder::getUserId));
    }

    private static Map<String, Integer> loads(RunningLane lane) {
        return lane.state.getLoadsList().stream()
                .collect(Collectors.toMap(TenantLoad::getTenant, TenantLoad::getHolding));
    }
}
