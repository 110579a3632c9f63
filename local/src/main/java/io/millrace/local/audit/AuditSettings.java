package io.millrace.local.audit;

import java.time.Duration;

/**
 * What is audited, and how patiently.
 *
 * @param bootstrapServers where the broker is
 * @param databaseUrl as {@code jdbc:mysql://..}
 * @param allEnded whether a task that has not ended is a finding
 * @param settle how long committed events and tables may lag behind, before that is a finding
 * @param stuck how long a task may not have moved before a repair asks after it
 */
public record AuditSettings(
        String bootstrapServers,
        String databaseUrl,
        String databaseUser,
        String databasePassword,
        boolean allEnded,
        Duration settle,
        Duration stuck) {
    /** Shows no password. */
    @Override
    public String toString() {
        return "AuditSettings[kafka=" + bootstrapServers + ", database=" + databaseUrl.replaceFirst("\\?.*", "") + "]";
    }
}
