package io.millrace.readmodel.row;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * How a column takes what an event says when the row is already there. Each rule gives the same final value for any order and any
 * repetition of a task's events; it exists twice, as SQL and in memory, and a test holds the two together.
 */
public enum Rule {
    /** Set by the insert and never again. */
    FIXED {
        @Override
        public @Nullable String assignment(String column, String guard) {
            return null;
        }

        @Override
        @Nullable
        Object merge(@Nullable Object old, @Nullable Object incoming, boolean newer) {
            return old;
        }
    },
    /** As the event with the highest guard has it, also when that says nothing. */
    LATEST,
    /** As the newest event that carries it has it, whatever events without it came later. */
    CARRIED,
    /**
     * As the newest event has it that knows how the task ended or that it goes on, also when that says nothing: the outcome of a
     * recovered task is no longer one.
     */
    OUTCOME,
    /** As any event that carries it has it: all that do agree. */
    GIVEN {
        @Override
        public String assignment(String column, String guard) {
            return column + " = COALESCE(VALUES(" + column + "), " + column + ")";
        }

        @Override
        @Nullable
        Object merge(@Nullable Object old, @Nullable Object incoming, boolean newer) {
            return incoming == null ? old : incoming;
        }
    },
    /** As {@link #GIVEN} in a column that must not be null: left out of the update when the event does not carry it. */
    ORIGIN {
        @Override
        public String assignment(String column, String guard) {
            return column + " = VALUES(" + column + ")";
        }

        @Override
        @Nullable
        Object merge(@Nullable Object old, @Nullable Object incoming, boolean newer) {
            return incoming == null ? old : incoming;
        }
    },
    /** The smallest value an event carried. */
    EARLIEST {
        @Override
        public String assignment(String column, String guard) {
            String given = "VALUES(" + column + ")";
            return column + " = COALESCE(LEAST(" + column + ", " + given + "), " + column + ", " + given + ")";
        }

        @Override
        @Nullable
        Object merge(@Nullable Object old, @Nullable Object incoming, boolean newer) {
            return old == null || incoming != null && compare(incoming, old) < 0 ? incoming : old;
        }
    },
    /** The largest value an event carried. */
    LARGEST {
        @Override
        public String assignment(String column, String guard) {
            return column + " = GREATEST(" + column + ", VALUES(" + column + "))";
        }

        @Override
        @Nullable
        Object merge(@Nullable Object old, @Nullable Object incoming, boolean newer) {
            return old == null || incoming != null && compare(incoming, old) > 0 ? incoming : old;
        }
    },
    /**
     * A JSON object of which each event brings keys of its own; keys stay in the order in which they first came. In memory it is a tree
     * without nulls, as the database drops those.
     */
    COLLECTED {
        /** MariaDB spaces what it merged anew: through a merge, what was inserted looks like what was added later. */
        @Override
        public String placeholder() {
            return "JSON_MERGE_PATCH('{}', ?)";
        }

        @Override
        public String assignment(String column, String guard) {
            return column + " = COALESCE(JSON_MERGE_PATCH(COALESCE(" + column + ", '{}'), VALUES(" + column + ")), "
                    + column + ")";
        }

        @Override
        @Nullable
        Object merge(@Nullable Object old, @Nullable Object incoming, boolean newer) {
            if (old == null || incoming == null) {
                return old == null ? incoming : old;
            }
            ObjectNode merged = JsonNodeFactory.instance.objectNode();
            merged.setAll((ObjectNode) old);
            return merged.setAll((ObjectNode) incoming);
        }
    };

    /** The place of the value in an insert. */
    public String placeholder() {
        return "?";
    }

    /** The clause after {@code ON DUPLICATE KEY UPDATE}; null when the column is left alone. Columns are set from left to right. */
    public @Nullable String assignment(String column, String guard) {
        return column + " = IF(VALUES(" + guard + ") > " + guard + ", VALUES(" + column + "), " + column + ")";
    }

    /** @param newer whether the incoming row has a higher guard than all that were merged before */
    @Nullable
    Object merge(@Nullable Object old, @Nullable Object incoming, boolean newer) {
        return newer ? incoming : old;
    }

    @SuppressWarnings("unchecked") // the values of one column have one type
    private static int compare(Object left, Object right) {
        return ((Comparable<Object>) left).compareTo(right);
    }
}
