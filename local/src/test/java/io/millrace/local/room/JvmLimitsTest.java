package io.millrace.local.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.Room;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JvmLimitsTest {
    /** Heaps alone: MariaDB, native model memory, code and stacks share the other half. */
    private static final int HEAPS_MIB = 1792;

    @Test
    void allHeapsTogetherLeaveRoomUnderThreeAndAHalfGigabytes() {
        int heaps = JvmLimits.supervisor().heapMiB()
                + Stream.of(Room.values())
                        .filter(room -> room != Room.DATABASE)
                        .mapToInt(room -> JvmLimits.of(room).heapMiB())
                        .sum();

        assertThat(heaps).isLessThanOrEqualTo(HEAPS_MIB);
    }

    @Test
    void theTaskManagerMayUseWhatFlinkIsTold() {
        assertThat(JvmLimits.of(Room.TASKMANAGER).options())
                .contains("-Xmx" + FlinkFiles.TASK_HEAP_MIB + "m")
                .contains("-Dcom.google.protobuf.use_unsafe_pre22_gencode");
    }
}
