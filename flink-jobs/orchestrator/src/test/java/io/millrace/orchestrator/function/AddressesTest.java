package io.millrace.orchestrator.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.config.JobSettings;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.statefun.sdk.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, 128})
    void batchersAndTheirSlotsLiveWithThoseWhoUseThem(int parallelism) {
        Addresses addresses = new Addresses(parallelism);
        for (int i = 0; i < 200; i++) {
            Address task = Addresses.task("task_" + i);
            Address batcher = addresses.batcher("background", task);
            Address slot = addresses.slot("background", batcher, i % 4);

            assertThat(owner(batcher, parallelism)).isEqualTo(owner(task, parallelism));
            assertThat(owner(slot, parallelism)).isEqualTo(owner(task, parallelism));
            assertThat(Addresses.functionOf(batcher)).isEqualTo("background");
        }
    }

    @Test
    void theTombstonesOfATaskLiveWhereItLives() {
        Addresses addresses = new Addresses(3);
        Set<String> pages = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            Address page = addresses.tombstones("task_" + i);
            pages.add(page.id());
            assertThat(keyGroup(page)).isEqualTo(keyGroup(Addresses.task("task_" + i)));
        }
        assertThat(pages).as("pages in use, of 8,192").hasSizeGreaterThan(7_000);
    }

    @Test
    void addressesAreTheSameEveryTime() {
        Address self = Addresses.task("task_1");

        assertThat(new Addresses(8).batcher("ocr", self)).isEqualTo(new Addresses(8).batcher("ocr", self));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 4_294_967_297L, (long) Integer.MIN_VALUE << 32 | 7})
    void aPageBelongsToItsLane(long page) {
        assertThat(Addresses.LanePart.of(Addresses.page("poster", page)))
                .isEqualTo(new Addresses.LanePart("poster", true, page));
        assertThat(Addresses.LanePart.of(Addresses.lane("poster")).isPage()).isFalse();
    }

    private static int keyGroup(Address address) {
        return KeyGroupRangeAssignment.assignToKeyGroup(address.id(), JobSettings.MAX_PARALLELISM);
    }

    private static int owner(Address address, int parallelism) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                address.id(), JobSettings.MAX_PARALLELISM, parallelism);
    }
}
