package io.millrace.orchestrator.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.config.StateBackend;
import io.millrace.schemas.v1.LaneEntry;
import io.millrace.schemas.v1.PageState;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.statefun.sdk.Address;
import org.apache.flink.statefun.sdk.state.PersistedAppendingBuffer;
import org.apache.flink.statefun.sdk.state.PersistedValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PagePartsTest {
    private static final Address SELF = Addresses.page("poster", 7);
    private static final int RUNS = 2_000;

    private final PersistedValue<PageState> page = PersistedValue.of("page", PageState.class);
    private final PersistedAppendingBuffer<LaneEntry> entries = PersistedAppendingBuffer.of("entries", LaneEntry.class);

    /** Entries come one by one and leave a few at a time, with restarts on either kind of state. */
    @Test
    void whatIsReadIsWhatWasWritten() {
        for (int seed = 0; seed < RUNS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            page.clear();
            entries.clear();
            PageState expected = null;
            Kept<PageState> kept = restarted(random);
            for (int i = 0; i < 40; i++) {
                PageState known = kept.get(SELF);
                assertThat(known).as("seed %d, step %d", seed, i).isEqualTo(expected);
                int chosen = random.nextInt(8);
                if (chosen == 0) {
                    kept = restarted(random);
                } else if (chosen < 6) {
                    expected = (known == null ? PageState.newBuilder() : known.toBuilder())
                            .addEntries(entry(i))
                            .build();
                    kept.set(SELF, expected);
                } else {
                    expected = taken(known);
                    if (expected == null) {
                        kept.clear(SELF);
                    } else {
                        kept.set(SELF, expected);
                    }
                }
            }
        }
    }

    @Test
    void inRocksDbAnEntryIsWrittenOnce() {
        Kept<PageState> kept = new Kept<>(new PageParts(page, entries, StateBackend.ROCKSDB), StateBackend.ROCKSDB);
        PageState first = PageState.newBuilder().addEntries(entry(1)).build();
        kept.set(SELF, first);
        entries.append(entry(2));

        kept.set(SELF, first.toBuilder().addEntries(entry(3)).build());

        assertThat(entries.view()).map(LaneEntry::getTicket).containsExactly(1L, 2L, 3L);
        assertThat(page.get()).isNull();
    }

    private Kept<PageState> restarted(SplittableRandom random) {
        StateBackend backend = random.nextBoolean() ? StateBackend.HASHMAP : StateBackend.ROCKSDB;
        return new Kept<>(new PageParts(page, entries, backend), backend);
    }

    private static @Nullable PageState taken(@Nullable PageState known) {
        List<LaneEntry> left = known == null ? List.of() : new ArrayList<>(known.getEntriesList());
        return left.size() <= 4
                ? null
                : PageState.newBuilder()
                        .addAllEntries(left.subList(4, left.size()))
                        .build();
    }

    private static LaneEntry entry(int number) {
        return LaneEntry.newBuilder()
                .setTaskId("task_" + number)
                .setTicket(number)
                .build();
    }
}
