package io.millrace.readmodel.row;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.readmodel.event.ReceivedEvent;
import io.millrace.schemas.topic.EventHeaders;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one public event says to the tables. It looks at the fields an event carries and hardly at its type, so that a type of
 * tomorrow that carries the common fields is stored as well.
 */
public final class EventMapper {
    private static final int MAX_REASON = 500;
    private static final String CAMPAIGN = "io.millrace.campaign.";

    private EventMapper() {}

    /** @throws UnreadableEvent when a common field is missing or no table could take it */
    public static EventRows map(ReceivedEvent event) throws UnreadableEvent {
        if (event.type().isEmpty()) {
            throw new UnreadableEvent("header " + EventHeaders.TYPE + " is missing");
        }
        ObjectNode data = JsonText.object(event.value());
        Fields fields = new Fields(data, "");
        if (event.type().equals(EventHeaders.METRICS_MINUTE)) {
            return EventRows.of(MetricsMapper.row(fields));
        }
        if (event.type().startsWith(CAMPAIGN)) {
            return EventRows.of(CampaignMapper.row(fields));
        }
        Row task = TaskMapper.row(event.type(), fields);
        List<Row> rows = new ArrayList<>(List.of(task, HistoryMapper.row(event.type(), data, task)));
        RoadmapMapper.add(rows, task, fields);
        if (fields.present("result") == null) {
            return new EventRows(rows, List.of(), null);
        }
        try {
            return new EventRows(rows, DocumentMapper.rows(task, fields), null);
        } catch (UnreadableEvent e) {
            return new EventRows(rows, List.of(), "the document cannot be stored: " + e.getMessage());
        }
    }

    /** A reason that fits into a header or a log line. */
    public static String shortReason(@Nullable String reason) {
        String line = reason == null ? "unknown" : reason.lines().findFirst().orElse("unknown");
        return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON);
    }
}
