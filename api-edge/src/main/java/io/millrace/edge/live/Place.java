package io.millrace.edge.live;

import io.millrace.schemas.topic.Cursor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an event stands in a stream: a cursor, and for {@code done} events, which come from another log, their order behind it.
 *
 * <p>As text it is the cursor, followed by {@code .doneN} for the N-th {@code done} behind that position.
 *
 * @param cursor position of a progress record
 * @param done 0 for the record itself, else the number of the {@code done} behind it, from 1
 */
public record Place(Cursor cursor, int done) {
    private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9_-]{27})(?:\\.done([1-9][0-9]{0,8}))?");

    public Place {
        if (done < 0) {
            throw new IllegalArgumentException("done must be 0 or more, not " + done);
        }
    }

    public static Place of(int partition, long offset, long epoch) {
        return new Place(new Cursor(partition, offset, epoch), 0);
    }

    /**
     * Reads {@link #text()}.
     *
     * @throws IllegalArgumentException when the text was not made by it
     */
    public static Place parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a cursor of a stream");
        }
        String done = matcher.group(2);
        return new Place(Cursor.decode(matcher.group(1)), done == null ? 0 : Integer.parseInt(done));
    }

    public String text() {
        return done == 0 ? cursor.encode() : cursor.encode() + ".done" + done;
    }

    public int partition() {
        return cursor.partition();
    }

    public long offset() {
        return cursor.offset();
    }

    /** Whether this place lies behind the other one; both must be of one partition. */
    public boolean after(Place other) {
        return offset() != other.offset() ? offset() > other.offset() : done > other.done;
    }

    /** The place just before this record, from which a stream would deliver it again. */
    public Place before() {
        return of(partition(), offset() - 1, cursor.epoch());
    }
}
