package io.millrace.edge.delivery;

import io.millrace.edge.Json;
import io.millrace.edge.access.LinkSigner;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What is sent of an event: {@code {type, timestamp, data}}, at most 256 KiB, with links in place of artifact references. */
final class Message {
    private static final String PREFIX = "io.millrace.";
    private static final int MAX_BYTES = 256 * 1024;
    /** Left out first: what only a recovery needs, then what can be asked for. */
    private static final List<String> INTERNAL = List.of("phase_results", "timings", "reused_phases");

    private static final List<String> LARGE = List.of("input_params", "result");

    private Message() {}

    /** The type without our prefix, as owners name it. */
    static String shortType(String type) {
        return type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : type;
    }

    static String body(String type, ObjectNode data, LinkSigner links) {
        long time = data.path("time").asLong(0);
        ObjectNode shown = data.deepCopy().remove(INTERNAL);
        links.linked(shown);
        ObjectNode body = Json.object().put("type", shortType(type)).put("timestamp", Json.time(time));
        body.set("data", shown);
        String text = body.toString();
        if (text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES) {
            return text;
        }
        shown.remove(LARGE);
        shown.put("truncated", true);
        return body.toString();
    }
}
