package io.millrace.edge.body;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON Merge Patch (RFC 7396): objects are merged, null removes, everything else replaces. */
public final class MergePatch {
    private MergePatch() {}

    /** The target with the patch laid over it; both stay as they are. */
    public static ObjectNode apply(ObjectNode target, ObjectNode patch) {
        ObjectNode merged = target.deepCopy();
        for (Map.Entry<String, JsonNode> change : patch.properties()) {
            String name = change.getKey();
            JsonNode value = change.getValue();
            if (value.isNull()) {
                merged.remove(name);
            } else if (value instanceof ObjectNode inner) {
                ObjectNode below = merged.get(name) instanceof ObjectNode object ? object : merged.objectNode();
                merged.set(name, apply(below, inner));
            } else {
                merged.set(name, value.deepCopy());
            }
        }
        return merged;
    }
}
