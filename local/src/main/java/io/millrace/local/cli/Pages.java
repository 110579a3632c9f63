package io.millrace.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.client.EdgeClient;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lists of the edge, with all of their pages. */
final class Pages {
    private Pages() {}

    /**
     * Every row of a list.
     *
     * @param path without a query
     * @param name of the rows in the answer
     */
    static List<JsonNode> all(EdgeClient edge, String path, String name) throws IOException, InterruptedException {
        List<JsonNode> rows = new ArrayList<>();
        String next = "?limit=200";
        while (!next.isEmpty()) {
            JsonNode page = edge.get(path + next);
            page.path(name).forEach(rows::add);
            if (!page.path("complete").asBoolean(true)) {
                System.err.println("millrace: the database does not answer, the list is not complete");
            }
            String cursor = page.path("next_cursor").asText("");
            next = page.path("next_cursor").isTextual() && !cursor.isEmpty()
                    ? "?limit=200&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)
                    : "";
        }
        return rows;
    }
}
