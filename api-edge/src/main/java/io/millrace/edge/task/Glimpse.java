package io.millrace.edge.task;

import com.google.protobuf.ByteString;
import io.millrace.edge.Json;
import io.millrace.edge.live.TaskView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a line of a list shows of a task's parameters and result: the first words of what was asked for, and the small picture. */
final class Glimpse {
    private static final int MAX_TITLE = 200;
    private static final List<String> TITLES = List.of("/prompt", "/title", "/goal", "/elements/0/content", "/query");

    private Glimpse() {}

    /** At most 200 characters; empty when the parameters are not known here or say nothing. */
    static String title(TaskView view) {
        if (view.inputParams().isEmpty()) {
            return "";
        }
        JsonNode params = Json.lenient(view.inputParams());
        return TITLES.stream()
                .map(path -> params.at(path).asString(""))
                .filter(text -> !text.isBlank())
                .findFirst()
                .map(text -> text.substring(
                        0, text.offsetByCodePoints(0, Math.min(MAX_TITLE, text.codePointCount(0, text.length())))))
                .orElse("");
    }

    /** An artifact reference; empty when there is no picture, or no result yet. */
    static String preview(TaskView view) {
        ByteString result = view.step().getResult();
        if (result.isEmpty()) {
            return "";
        }
        JsonNode json = Json.lenient(result);
        return json.path("preview").asString(json.path("thumbnail_url").asString(""));
    }

    /** Parameters that hold a title and nothing else. */
    static ByteString params(@Nullable String title) {
        return one("prompt", title);
    }

    /** A result that holds a preview and nothing else. */
    static ByteString result(@Nullable String preview) {
        return one("preview", preview);
    }

    private static ByteString one(String name, @Nullable String value) {
        return value == null || value.isEmpty()
                ? ByteString.EMPTY
                : ByteString.copyFrom(Json.bytes(Json.object().put(name, value)));
    }
}
