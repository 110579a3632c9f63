package io.millrace.edge.poster;

import io.millrace.edge.problem.Problem;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** How deep the groups of a layer stand inside each other. */
final class Groups {
    private static final int MAX_NESTED = 8;

    private Groups() {}

    /** @throws Problem 400 naming a group when more than 8 stand inside each other, or one in itself */
    static void requireFlat(ArrayNode elements) {
        Map<String, JsonNode> groups = new HashMap<>();
        for (JsonNode element : elements) {
            if (element.path("type").asString("").equals("group")) {
                groups.put(element.path("id").asString(), element);
            }
        }
        Map<String, Integer> heights = new HashMap<>();
        groups.keySet().forEach(id -> height(id, groups, heights, 1));
    }

    /** Groups from this one down to the innermost, itself counted; 0 for what is no group. */
    private static int height(String id, Map<String, JsonNode> groups, Map<String, Integer> heights, int depth) {
        JsonNode group = groups.get(id);
        if (group == null) {
            return 0;
        }
        Integer known = heights.get(id);
        int height = 1;
        if (known != null) {
            height = known;
        } else if (depth <= MAX_NESTED) {
            for (JsonNode child : group.path("content").path("children")) {
                height = Math.max(height, 1 + height(child.asString(""), groups, heights, depth + 1));
            }
            heights.put(id, height);
        }
        if (depth + height - 1 > MAX_NESTED) {
            throw Problem.invalid(
                    "elements",
                    "hold the group " + id + ", which stands in more than " + (MAX_NESTED - 1) + " others or in itself",
                    "Let at most " + MAX_NESTED + " groups stand inside each other.");
        }
        return height;
    }
}
