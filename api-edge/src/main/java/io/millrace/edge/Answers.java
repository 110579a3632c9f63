package io.millrace.edge;

import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The form of every successful answer: {@code {"code": 0, "data": ...}}. */
public final class Answers {
    private Answers() {}

    public static ObjectNode body(JsonNode data) {
        ObjectNode body = Json.object().put("code", 0);
        body.set("data", data);
        return body;
    }

    public static ResponseEntity<ObjectNode> ok(JsonNode data) {
        return ResponseEntity.ok(body(data));
    }
}
