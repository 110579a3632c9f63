package io.millrace.edge.archive;

import io.millrace.schemas.topic.Topic;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When tasks are moved to the archive.
 *
 * @param archiveAfter {@code MILLRACE_ARCHIVE_AFTER}: so long after the last change of a task that has ended; {@code 0} for never. Longer
 *     than the events are kept, since a rebuild from them would bring the rows back
 */
@ConfigurationProperties("millrace")
record ArchiveSettings(@DefaultValue("90d") Duration archiveAfter) {
    ArchiveSettings {
        if (archiveAfter.isNegative()
                || !archiveAfter.isZero() && archiveAfter.compareTo(Topic.EVENTS.retention()) <= 0) {
            throw new IllegalArgumentException("MILLRACE_ARCHIVE_AFTER must be 0 (never) or more than "
                    + Topic.EVENTS.retention().toDays() + "d, as 90d");
        }
    }

    boolean never() {
        return archiveAfter.isZero();
    }
}
