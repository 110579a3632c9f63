package io.millrace.local.audit;

import java.util.Comparator;

/**
 * One thing that is not as it should be.
 *
 * @param subject the task it is about, or table and key of the row
 * @param detail one line
 */
public record Finding(FindingKind kind, String subject, String detail) implements Comparable<Finding> {
    /** The id in the subject: that of the task, when it is about one or a row of one. */
    String task() {
        String key = subject.substring(subject.indexOf(' ') + 1);
        int slash = key.indexOf('/');
        return slash < 0 ? key : key.substring(0, slash);
    }

    @Override
    public int compareTo(Finding other) {
        return Comparator.comparing(Finding::kind)
                .thenComparing(Finding::subject)
                .thenComparing(Finding::detail)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return kind + " " + subject + ": " + detail + "; " + kind.remedy();
    }
}
