package io.millrace.edge.watch;

import io.millrace.edge.live.LogRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The progress log, for what is no longer in memory. */
public interface ProgressHistory {
    /** Longest stretch of one partition that is read for one client. */
    int MAX_RECORDS = 100_000;

    /**
     * A stretch of one partition.
     *
     * @param from first offset
     * @param to last offset
     * @param userId records of this user only
     * @param taskId records of this task only, unless null
     */
    record Range(
            int partition,
            long from,
            long to,
            String userId,
            @Nullable String taskId) {}

    /** The records in their order; fails with {@link Unreadable} after ten seconds at most. */
    Mono<List<LogRecord>> read(Range range);

    /** Where the partition ends now: the offset its next record will have. */
    Mono<Long> end(int partition);

    /** Offset of the first record written at that time (milliseconds since 1970) or later; the end when there is none. */
    Mono<Long> firstSince(int partition, long timeMillis);

    /** The stretch cannot be had. */
    final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String reason;

        /** @param reason a reason of {@link io.millrace.edge.live.LiveEvent.Skipped} */
        public Unreadable(String reason, String message) {
            super(message, null, false, false);
            this.reason = reason;
        }

        public String reason() {
            return reason;
        }
    }
}
