package io.millrace.local.audit;

import java.util.List;

/**
 * What an audit saw.
 *
 * @param events records of the events topic
 * @param tasks tasks in it
 * @param ended those that have ended, deleted ones among them
 * @param open those that have not
 * @param rows rows of the tables that were compared
 * @param olderThanTopic rows of tasks whose events retention has taken: they cannot be compared
 * @param findings sorted
 */
public record AuditReport(
        long events, int tasks, int ended, int open, long rows, long olderThanTopic, List<Finding> findings) {
    public AuditReport {
        findings = findings.stream().sorted().toList();
    }

    /** Whether nothing is wrong. */
    public boolean ok() {
        return findings.isEmpty();
    }

    /** One line. */
    public String summary() {
        return events + " events of " + tasks + " tasks (" + ended + " ended, " + open + " open), " + rows
                + " rows compared" + (olderThanTopic == 0 ? "" : ", " + olderThanTopic + " older than the topic") + ": "
                + (ok() ? "topic and tables agree" : findings.size() + " findings");
    }
}
