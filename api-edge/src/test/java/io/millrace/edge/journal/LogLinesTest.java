package io.millrace.edge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class LogLinesTest {
    @Test
    void whatFunctionsLoggedStandsBeforeTheEventItWentWith() {
        ObjectNode event = (ObjectNode) Json.lenient("""
            {"version": 4, "level": "info", "event_type": "io.millrace.task.phase_completed", "attempt": 2, "message": "Layout",
             "log_lines": [{"level": "warn", "message": "the headline was set smaller", "time": 1760000000000}]}\
            """);
        ObjectNode plain = Json.object().put("version", 5).put("level", "info");

        List<ObjectNode> lines = LogLines.of(List.of(event, plain));

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).isEqualTo(Json.lenient("""
                    {"version": 4, "level": "warn", "event_type": "log", "attempt": 2, "message": "the headline was set smaller",
                     "created_at": "2025-10-09T08:53:20.000Z"}\
                    """));
        assertThat(lines.get(1)).isSameAs(event);
        assertThat(event.has("log_lines")).isFalse();
        assertThat(lines.get(2)).isSameAs(plain);
    }
}
