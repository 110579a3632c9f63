package io.millrace.local.audit;

import io.millrace.readmodel.row.Row;
import io.millrace.readmodel.row.Table;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * A part of all tasks, by what is left of the checksum of their ids: of very many, an audit looks at one part after the other, so that
 * it needs memory for one of them.
 *
 * @param number from 0
 * @param of how many parts there are
 */
record Slice(int number, int of) {
    static final Slice WHOLE = new Slice(0, 1);

    /** @param each how many events a part should have, about */
    static List<Slice> of(long events, int each) {
        int parts = (int) Math.max(1, (events + each - 1) / each);
        return IntStream.range(0, parts)
                .mapToObj(number -> new Slice(number, parts))
                .toList();
    }

    boolean has(String id) {
        CRC32 sum = new CRC32();
        sum.update(id.getBytes(StandardCharsets.UTF_8));
        return sum.getValue() % of == number;
    }

    boolean has(Row row) {
        return has(row.text(id(row.table())));
    }

    /** The same as a condition in SQL. */
    String condition(Table table) {
        return "CRC32(`" + id(table) + "`) % " + of + " = " + number;
    }

    /** The column by which the rows of a table are parted. */
    private static String id(Table table) {
        return table.key().get(0).name();
    }
}
