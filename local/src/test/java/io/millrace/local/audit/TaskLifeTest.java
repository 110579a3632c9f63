package io.millrace.local.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.topic.EventType;
import org.junit.jupiter.api.Test;

class TaskLifeTest {
    private final TaskLife life = new TaskLife("task_1");
    private long version;

    @Test
    void livesWithRecoveriesDeletesAndResyncsAreInOrder() {
        add(
                EventType.SUBMITTED,
                EventType.STARTED,
                EventType.FAILED,
                EventType.RECOVERED,
                EventType.STARTED,
                EventType.PAUSED,
                EventType.RESUMED,
                EventType.COMPLETED,
                EventType.SNAPSHOT,
                EventType.DELETED);

        assertThat(life.findings(false)).isEmpty();
        assertThat(life.ended()).isTrue();
        assertThat(life.deleted()).isTrue();
    }

    @Test
    void secondEndAndMovesAfterAnEndAreFound() {
        add(EventType.SUBMITTED, EventType.COMPLETED, EventType.FAILED, EventType.STARTED);

        assertThat(life.findings(false))
                .extracting(Finding::kind)
                .containsExactly(FindingKind.TWO_ENDS, FindingKind.AFTER_END);
        assertThat(life.ended()).isFalse();
    }

    @Test
    void gapIsFoundUntilASnapshotCoversIt() {
        add(EventType.SUBMITTED);
        version = 4;
        add(EventType.PHASE_COMPLETED);

        assertThat(life.findings(false)).extracting(Finding::detail).containsExactly("versions 2 to 4 are missing");
        add(EventType.SNAPSHOT);
        assertThat(life.findings(false)).isEmpty();
        version = 9;
        add(EventType.COMPLETED);
        assertThat(life.findings(false)).extracting(Finding::detail).containsExactly("versions 7 to 9 are missing");
    }

    @Test
    void lifeThatBeganInAGapMayEndAgain() {
        add(EventType.SUBMITTED, EventType.FAILED);
        version = 4;
        add(EventType.COMPLETED);

        assertThat(life.findings(false)).extracting(Finding::kind).containsExactly(FindingKind.GAP);
    }

    @Test
    void missingHeadIsAGapUnlessRetentionTookIt() {
        version = 5;
        add(EventType.COMPLETED);

        assertThat(life.findings(true)).isEmpty();
        assertThat(life.findings(false)).extracting(Finding::kind).containsExactly(FindingKind.GAP);
    }

    @Test
    void repeatedVersionIsFound() {
        add(EventType.SUBMITTED, EventType.STARTED);
        life.add(2, EventType.STARTED.wireName(), new byte[] {2});
        life.add(2, EventType.STARTED.wireName(), new byte[] {9});

        assertThat(life.findings(false))
                .extracting(Finding::detail)
                .containsExactly(
                        "version 2: the same record twice",
                        "version 2: io.millrace.task.started and io.millrace.task.started");
    }

    private void add(EventType... types) {
        for (EventType type : types) {
            version++;
            life.add(version, type.wireName(), new byte[] {(byte) version});
        }
    }
}
