package io.millrace.analytics.minute;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.topic.EventType;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskFactReaderTest {
    private static final String END = "{\"task_id\":\"task_1\",\"user_id\":\"ann\",\"type\":\"poster\",\"time\":9000,"
            + "\"created_at\":1000,\"started_at\":3500,\"completed_at\":9000,\"compute_ms\":700,"
            + "\"error\":{\"code\":\"TIMEOUT\"}}";

    @Test
    void endTellsHowLongTheTaskWaitedAndRan() {
        TaskFact fact = Objects.requireNonNull(read(EventType.FAILED, END));

        assertThat(fact)
                .isEqualTo(new TaskFact(EventType.FAILED, "poster", "ann", 9_000, "", 0, 0, 2_500, 5_500, "TIMEOUT"));
    }

    @Test
    void taskThatNeverStartedHasNoTimes() {
        TaskFact fact = Objects.requireNonNull(read(EventType.CANCELLED, END.replace("\"started_at\":3500,", "")));

        assertThat(fact.queueMillis()).isEqualTo(-1);
        assertThat(fact.runMillis()).isEqualTo(-1);
    }

    /** A resync repeats what was counted before. */
    @Test
    void snapshotOfAnEndedTaskCountsNoTimes() {
        assertThat(Objects.requireNonNull(read(EventType.SNAPSHOT, END)).queueMillis())
                .isEqualTo(-1);
    }

    @Test
    void whatIsNoEventOfATaskIsLeftOut() {
        assertThat(read(EventType.CAMPAIGN_COMPLETED, END)).isNull();
        assertThat(read(EventType.FAILED, "{oops")).isNull();
        assertThat(read(EventType.FAILED, "{}")).isNull();
        assertThat(TaskFactReader.fact("io.millrace.task.of_tomorrow", END.getBytes(StandardCharsets.UTF_8)))
                .isNull();
    }

    @Test
    void flinkSerializesItWithoutKryo() {
        assertThat(new TaskFactReader().getProducedType()).isInstanceOf(PojoTypeInfo.class);
    }

    @Test
    void tenantsBeyondTheBoundAreCountedTogether() {
        Map<String, Long> tally = new HashMap<>();
        for (int tenant = 0; tenant < 5_000; tenant++) {
            Tally.add(tally, new TaskFact(EventType.PHASE_COMPLETED, "poster", "t" + tenant, 1, "p", 2, 0, -1, -1, ""));
        }

        assertThat(tally).hasSizeLessThan(2_010).containsEntry("i:p\tother", 6_000L);
    }

    private static @Nullable TaskFact read(EventType type, String json) {
        return TaskFactReader.fact(type.wireName(), json.getBytes(StandardCharsets.UTF_8));
    }
}
