package io.millrace.local.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
    static final AuditReport EMPTY = new AuditReport(0, 0, 0, 0, 0, 0, List.of());

    public AuditReport {
        findings = findings.stream().sorted().toList();
    }

    /** This one and that of other tasks. */
    AuditReport and(AuditReport other) {
        List<Finding> both = new ArrayList<>(findings);
        both.addAll(other.findings);
        return new AuditReport(
                events + other.events,
                tasks + other.tasks,
                ended + other.ended,
                open + other.open,
                rows + other.rows,
                olderThanTopic + other.olderThanTopic,
                both);
    }

    /** This one but for some of its findings. */
    AuditReport without(Set<Finding> some) {
        List<Finding> left =
                findings.stream().filter(finding -> !some.contains(finding)).toList();
        return new AuditReport(events, tasks, ended, open, rows, olderThanTopic, left);
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
