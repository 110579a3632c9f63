package io.millrace.edge.edit;

import io.millrace.edge.body.Fields;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** Bounds for values whose fields are the client's own. */
public final class FreeForm {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_BYTES = 32 * 1024;

    private FreeForm() {}

    /** Complains about an object that is nested deeper than 8 or larger than 32 KiB. */
    public static void check(Fields fields, String name) {
        Fields inner = fields.object(name);
        if (inner == null) {
            return;
        }
        if (deeper(inner.node(), MAX_DEPTH)) {
            fields.complain(name, "is nested too deep", "Nest at most " + MAX_DEPTH + " levels.");
        } else if (inner.node().toString().getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            fields.complain(name, "is too large", "Send at most " + MAX_BYTES / 1024 + " KiB.");
        }
    }

    private static boolean deeper(JsonNode node, int levels) {
        if (!node.isContainer()) {
            return false;
        }
        return levels == 0 || node.valueStream().anyMatch(child -> deeper(child, levels - 1));
    }
}
