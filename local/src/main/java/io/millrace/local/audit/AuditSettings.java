package io.millrace.local.audit;

import io.millrace.schemas.config.KafkaAccess;
import java.time.Duration;

/**
 * What is audited, and how patiently.
 *
 * @param kafka how the broker is reached
 * @param databaseUrl as {@code jdbc:mysql://..}
 * @param allEnded whether a task that has not ended is a finding
 * @param settle how long committed events and tables may lag behind, before that is a finding
 * @param stuck how long a task may not have moved before a repair asks after it
 */
public record AuditSettings(
        KafkaAccess kafka,
        String databaseUrl,
        String databaseUser,
        String databasePassword,
        boolean allEnded,
        Duration settle,
        Duration stuck) {
    /** Shows no password. */
    @Override
    public String toString() {
        return "AuditSettings[kafka=" + kafka + ", database=" + databaseUrl.replaceFirst("\\?.*", "") + "]";
    }
}
