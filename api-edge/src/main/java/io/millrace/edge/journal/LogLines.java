package io.millrace.edge.journal;

import io.millrace.edge.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns events with the lines they carry into lines. */
final class LogLines {
    private LogLines() {}

    /** A line of a function has the version of the event it went with, and {@code log} for its {@code event_type}. */
    static List<ObjectNode> of(List<ObjectNode> events) {
        List<ObjectNode> lines = new ArrayList<>();
        for (ObjectNode event : events) {
            JsonNode before = event.remove("log_lines");
            if (before != null) {
                before.forEach(line -> lines.add(line(event, line)));
            }
            lines.add(event);
        }
        return lines;
    }

    private static ObjectNode line(ObjectNode event, JsonNode line) {
        ObjectNode shown = Json.object();
        shown.set("version", event.path("version"));
        shown.put("level", line.path("level").asString("info")).put("event_type", "log");
        if (event.has("attempt")) {
            shown.set("attempt", event.path("attempt"));
        }
        return shown.put("message", line.path("message").asString(""))
                .put("created_at", Json.time(line.path("time").asLong()));
    }
}
