package io.millrace.edge.audit;

import java.time.Instant;

/**
 * One action.
 *
 * @param at when it was answered
 * @param actor {@code user:ID}, {@code service:ID} or {@code admin:ID}
 * @param credential id of the API key, or {@code token}
 * @param action method and pattern of the path, or the RSocket route
 * @param target path of the request, without its query
 * @param outcome HTTP status of the answer
 * @param detail why it was refused; empty when it was not
 */
record AuditEntry(
        Instant at, String actor, String credential, String action, String target, int outcome, String detail) {
    AuditEntry {
        action = cut(action, 160);
        target = cut(target, 300);
        detail = cut(detail, 300);
    }

    private static String cut(String text, int most) {
        String clean = text.replaceAll("\\p{Cntrl}", " ");
        return clean.length() <= most ? clean : clean.substring(0, most);
    }
}
