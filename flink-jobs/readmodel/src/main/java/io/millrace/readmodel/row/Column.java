package io.millrace.readmodel.row;

/**
 * A column of a task table.
 *
 * @param name as in the migration, without quotes
 * @param limit what happens to a text that does not fit
 * @param maxChars the longest text, in characters; {@link Integer#MAX_VALUE} where the type has no length
 */
public record Column(String name, Rule rule, Limit limit, int maxChars) {
    /** The version of the event that carried the results of phases which a task's row holds. */
    static final String RESULTS_VERSION = "results_version";

    /** The version of the event that said last how a task ended, or that it goes on. */
    static final String OUTCOME_VERSION = "outcome_version";

    private static final int ID_CHARS = 64;

    /** What happens to a text that does not fit. */
    public enum Limit {
        /** Prose and labels: cut, so that a long message does not lose the event. */
        CUT,
        /** Names that others look rows up by: refused, because a cut name may be that of another. */
        REFUSE,
        /** As {@link #REFUSE}, and ASCII only. */
        REFUSE_ASCII
    }

    static Column id(String name, Rule rule) {
        return id(name, ID_CHARS, rule);
    }

    static Column id(String name, int maxChars, Rule rule) {
        return new Column(name, rule, Limit.REFUSE_ASCII, maxChars);
    }

    static Column exact(String name, int maxChars, Rule rule) {
        return new Column(name, rule, Limit.REFUSE, maxChars);
    }

    static Column text(String name, int maxChars, Rule rule) {
        return new Column(name, rule, Limit.CUT, maxChars);
    }

    static Column value(String name, Rule rule) {
        return new Column(name, rule, Limit.REFUSE, Integer.MAX_VALUE);
    }

    /** @throws UnreadableEvent when the value is a text that neither fits nor may be cut */
    Object fit(Object value) throws UnreadableEvent {
        if (!(value instanceof String text)) {
            return value;
        }
        if (limit == Limit.REFUSE_ASCII && !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new UnreadableEvent(name + " holds characters other than visible ASCII");
        }
        if (text.length() <= maxChars) {
            return text;
        }
        int chars = text.codePointCount(0, text.length());
        if (chars <= maxChars) {
            return text;
        }
        if (limit == Limit.CUT) {
            return text.substring(0, text.offsetByCodePoints(0, maxChars));
        }
        throw new UnreadableEvent(name + " has " + chars + " characters, the table takes " + maxChars);
    }
}
