package io.millrace.local.audit;

import java.util.Comparator;

/**
 * One thing that is not as it should be.
 *
 * @param subject the task or row it is about
 * @param detail one line
 */
public record Finding(FindingKind kind, String subject, String detail) implements Comparable<Finding> {
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
