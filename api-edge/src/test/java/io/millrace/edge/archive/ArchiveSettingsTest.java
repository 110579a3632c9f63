package io.millrace.edge.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ArchiveSettingsTest {
    @Test
    void nothingIsArchivedThatARebuildWouldBringBack() {
        assertThat(new ArchiveSettings(Duration.ZERO).never()).isTrue();
        assertThat(new ArchiveSettings(Duration.ofDays(31)).never()).isFalse();
        assertThatThrownBy(() -> new ArchiveSettings(Duration.ofDays(30)))
                .hasMessageContaining("MILLRACE_ARCHIVE_AFTER must be 0 (never) or more than 30d");
        assertThatThrownBy(() -> new ArchiveSettings(Duration.ofDays(-1))).isInstanceOf(IllegalArgumentException.class);
    }
}
