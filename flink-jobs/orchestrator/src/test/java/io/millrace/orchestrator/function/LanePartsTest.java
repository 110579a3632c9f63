package io.millrace.orchestrator.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.config.StateBackend;
import io.millrace.schemas.v1.LaneState;
import io.millrace.schemas.v1.SlotHolder;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.flink.statefun.sdk.Address;
import org.apache.flink.statefun.sdk.state.PersistedTable;
import org.apache.flink.statefun.sdk.state.PersistedValue;
import org.junit.jupiter.api.Test;

class LanePartsTest {
    private static final Address SELF = Addresses.lane("poster");
    private static final int RUNS = 1_000;

    private final PersistedValue<LaneState> lane = PersistedValue.of("lane", LaneState.class);
    private final PersistedTable<String, SlotHolder> holders =
            PersistedTable.of("holders", String.class, SlotHolder.class);

    /** Slots given, taken back and looked after, and restarts on either kind of state. */
    @Test
    void whatIsReadIsWhatWasWritten() {
        for (int seed = 0; seed < RUNS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            lane.clear();
            holders.clear();
            LaneState expected = LaneState.getDefaultInstance();
            Kept<LaneState> kept = restarted(random);
            kept.set(SELF, expected);
            for (int i = 0; i < 60; i++) {
                assertThat(kept.get(SELF)).as("seed %d, step %d", seed, i).isEqualTo(expected);
                if (random.nextInt(8) == 0) {
                    kept = restarted(random);
                } else {
                    expected = changed(Objects.requireNonNull(kept.get(SELF)).toBuilder(), i, random);
                    kept.set(SELF, expected);
                }
            }
        }
    }

    @Test
    void inRocksDbAGrantWritesOneHolder() {
        Kept<LaneState> kept = new Kept<>(new LaneParts(lane, holders, StateBackend.ROCKSDB), StateBackend.ROCKSDB);
        kept.set(SELF, LaneState.newBuilder().addHolders(holder(1)).build());
        holders.remove("task_1/1");

        kept.set(
                SELF,
                Objects.requireNonNull(kept.get(SELF)).toBuilder()
                        .addHolders(holder(2))
                        .build());

        assertThat(holders.keys()).containsExactly("task_2/2");
        assertThat(Objects.requireNonNull(lane.get()).getHoldersCount()).isZero();
    }

    private Kept<LaneState> restarted(SplittableRandom random) {
        StateBackend backend = random.nextBoolean() ? StateBackend.HASHMAP : StateBackend.ROCKSDB;
        return new Kept<>(new LaneParts(lane, holders, backend), backend);
    }

    private static LaneState changed(LaneState.Builder state, int step, SplittableRandom random) {
        int count = state.getHoldersCount();
        int chosen = random.nextInt(4);
        if (chosen == 0 && count > 0) {
            state.removeHolders(random.nextInt(count));
        } else if (chosen == 1 && count > 0) {
            state.getHoldersBuilder(random.nextInt(count)).setSeenAtMs(step);
        } else if (chosen == 2) {
            state.addHolders(holder(step));
        }
        return state.setWaiting(random.nextInt(100)).build();
    }

    private static SlotHolder holder(int number) {
        return SlotHolder.newBuilder()
                .setTaskId("task_" + number)
                .setTicket(number)
                .setGrantedAtMs(number)
                .build();
    }
}
