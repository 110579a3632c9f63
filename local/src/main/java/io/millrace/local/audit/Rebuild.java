package io.millrace.local.audit;

import io.millrace.readmodel.event.ReceivedEvent;
import io.millrace.readmodel.row.EventMapper;
import io.millrace.readmodel.row.EventRows;
import io.millrace.readmodel.row.Row;
import io.millrace.readmodel.row.RowSet;
import io.millrace.readmodel.row.Table;
import io.millrace.readmodel.row.UnreadableEvent;
import io.millrace.schemas.topic.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The task tables built anew from the events, in memory, by the read model's own mapping. */
final class Rebuild {
    private static final byte[] NOTHING = {};

    /** The type of the tasks that write rows of others: the covers of roadmaps. */
    private static final String COVER = "cover_image";

    private final Slice slice;
    private final RowSet rows = new RowSet();
    private final Map<String, TaskLife> lives = new TreeMap<>();
    private final List<Finding> unreadable = new ArrayList<>();
    private long events;

    /** @param slice whose rows are built */
    Rebuild(Slice slice) {
        this.slice = slice;
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        ReceivedEvent event = event(record);
        boolean ours = slice.has(new String(event.key(), StandardCharsets.UTF_8));
        if (ours) {
            events++;
        } else if (!new String(event.value(), StandardCharsets.ISO_8859_1).contains(COVER)) {
            return;
        }
        try {
            List<Row> mapped = EventMapper.map(event).rows().stream()
                    .filter(slice::has)
                    .map(RowComparison::digested)
                    .toList();
            rows.add(new EventRows(mapped, List.of(), null));
            for (Row row : mapped) {
                if (row.table() == Table.TASKS) {
                    lives.computeIfAbsent(row.key(), TaskLife::new).add(version(row), event.type(), event.value());
                }
            }
        } catch (UnreadableEvent e) {
            if (ours) {
                unreadable.add(new Finding(FindingKind.UNREADABLE, event.toString(), String.valueOf(e.getMessage())));
            }
        }
    }

    Slice slice() {
        return slice;
    }

    /** The rows that the tables should have, {@linkplain RowComparison#digested digested}. */
    RowSet rows() {
        rows.forget(rows.deleted());
        return rows;
    }

    /** So many rows of tasks, those that were changed last. */
    List<Row> newest(int number) {
        return rows.of(Table.TASKS).values().stream()
                .sorted(Comparator.comparing(Rebuild::changed).reversed())
                .limit(number)
                .toList();
    }

    /** Tasks by id. */
    Map<String, TaskLife> lives() {
        return lives;
    }

    List<Finding> unreadable() {
        return unreadable;
    }

    long events() {
        return events;
    }

    static long version(Row row) {
        Object version = row.get("version");
        return version instanceof Long number ? number : 0;
    }

    private static LocalDateTime changed(Row row) {
        return row.get("updated_at") instanceof LocalDateTime time ? time : LocalDateTime.MIN;
    }

    private static ReceivedEvent event(ConsumerRecord<byte[], byte[]> record) {
        Header type = record.headers().lastHeader(EventHeaders.TYPE);
        return new ReceivedEvent(
                type == null || type.value() == null ? "" : new String(type.value(), StandardCharsets.UTF_8),
                record.key() == null ? NOTHING : record.key(),
                record.value() == null ? NOTHING : record.value(),
                record.partition(),
                record.offset());
    }
}
