package io.millrace.edge.preset;

import io.millrace.edge.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parameters under a name.
 *
 * @param id 1 to 64 of {@code A-Z a-z 0-9 . _ -}
 * @param version counts its writes, from 1; 0 before the first
 * @param type canonical type of the tasks it is for
 * @param priority 0 to 9; null: as each submit says
 * @param name what people see; empty when none
 * @param inputParams parameters; what is missing comes with the submit
 * @param updatedAtMillis last write
 */
record Preset(
        String id,
        long version,
        String type,
        @Nullable Integer priority,
        String name,
        ObjectNode inputParams,
        long updatedAtMillis) {
    Preset {
        inputParams = inputParams.deepCopy();
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("id", id).put("type", type).put("version", version);
        if (priority != null) {
            json.put("priority", priority);
        }
        if (!name.isEmpty()) {
            json.put("name", name);
        }
        json.set("input_params", inputParams.deepCopy());
        return json.put("updated_at", Json.time(updatedAtMillis));
    }

    String tag() {
        return "\"" + version + "\"";
    }
}
