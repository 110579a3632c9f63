package io.millrace.edge.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShownOffsetsTest {
    @Test
    void remembersExactlyWhatWasAdded() {
        Random random = new Random(2);
        ShownOffsets offsets = new ShownOffsets(8);
        offsets.beginAt(1_000_000);
        Set<Long> added = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            long offset = 1_000_000L + random.nextInt(300_000);
            offsets.add(offset);
            added.add(offset);
        }

        for (long offset = 1_000_000; offset < 1_300_000; offset++) {
            assertThat(offsets.contains(offset)).isEqualTo(added.contains(offset));
        }
        assertThat(offsets.start()).isEqualTo(1_000_000);
    }

    @Test
    void oldestStretchesGoFirstAndTheStartMoves() {
        ShownOffsets offsets = new ShownOffsets(2);
        offsets.beginAt(0);
        offsets.add(1);
        offsets.add(1 << 16);
        offsets.add(2 << 16);

        assertThat(offsets.contains(1)).isFalse();
        assertThat(offsets.start()).isEqualTo(1 << 16);
        assertThat(offsets.contains(1 << 16)).isTrue();
    }
}
