package io.millrace.edge.sweep;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When blobs are deleted.
 *
 * @param blobGrace {@code MILLRACE_BLOB_GRACE}: how long a blob is kept after its bytes were last stored and after it was last found to be
 *     named; {@code 0} for ever. At least two days, since inference may use a result of yesterday again
 */
@ConfigurationProperties("millrace")
record SweepSettings(@DefaultValue("7d") Duration blobGrace) {
    /** So much older than a task may be what it uses: results are reused for a day. */
    static final Duration REUSE = Duration.ofDays(2);

    SweepSettings {
        if (!blobGrace.isZero() && blobGrace.compareTo(REUSE) < 0) {
            throw new IllegalArgumentException("MILLRACE_BLOB_GRACE must be 0 (never) or at least 2d, as 7d");
        }
    }

    boolean never() {
        return blobGrace.isZero();
    }
}
