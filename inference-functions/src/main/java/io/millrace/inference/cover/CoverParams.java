package io.millrace.inference.cover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a cover task, checked as far as the poster's intent does not check them.
 *
 * @param label a word above the title; null: none
 * @param rest style, size, color_scheme and seed as the poster knows them
 */
record CoverParams(String title, String subtitle, @Nullable String label, ObjectNode rest) {
    private static final int MAX_TITLE = 120;
    private static final int MAX_SUBTITLE = 160;
    private static final int MAX_LABEL = 40;
    private static final int[] SIZE = {1200, 675};
    /** Pairs and threes that carry a title well; which one is taken depends on title and seed alone. */
    private static final List<List<String>> COLOURS = List.of(
            List.of("#12a594", "#ffc145"),
            List.of("#3457d5", "#ff8a5b"),
            List.of("#7b4fd6", "#36cfc9"),
            List.of("#c2410c", "#f6c453"),
            List.of("#0f766e", "#a3e635"),
            List.of("#be3455", "#ffb199"),
            List.of("#1d4e89", "#7fd1ae"),
            List.of("#5f6f52", "#d9a05b"));

    static CoverParams read(JsonNode params) throws PhaseFailure {
        String title = text(params, "title", MAX_TITLE);
        if (title.isEmpty()) {
            throw PhaseFailure.badInput("title", "is missing: say what stands on the cover");
        }
        boolean chinese =
                title.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
        String label = text(params, "label", MAX_LABEL);
        if (label.isEmpty() && params.hasNonNull("roadmap_id")) {
            label = chinese ? "学习路线" : "ROADMAP";
        }
        ObjectNode rest = Json.object();
        rest.set("size", size(params.path("size")));
        rest.put("seed", params.path("seed").asLong(0));
        if (params.hasNonNull("style")) {
            rest.set("style", params.get("style"));
        }
        JsonNode scheme = params.path("color_scheme");
        rest.set(
                "color_scheme",
                scheme.isEmpty() ? colours(title, params.path("seed").asLong(0)) : scheme);
        return new CoverParams(title, text(params, "subtitle", MAX_SUBTITLE), label.isEmpty() ? null : label, rest);
    }

    /** What the poster's intent is given. */
    ObjectNode poster() {
        ObjectNode poster = rest.deepCopy();
        poster.put("prompt", title + " " + subtitle);
        poster.put("suggestions", false);
        ArrayNode elements = poster.putArray("elements");
        elements.addObject().put("type", "text").put("content", title);
        if (!subtitle.isEmpty()) {
            elements.addObject().put("type", "text").put("content", subtitle);
        }
        if (label != null) {
            elements.addObject().put("type", "text").put("content", label);
        }
        return poster;
    }

    /** What the text with this content does on the cover; empty for none of ours. */
    String role(String content) {
        if (content.equals(title)) {
            return "headline";
        }
        if (content.equals(subtitle)) {
            return "subtitle";
        }
        return content.equals(label) ? "kicker" : "";
    }

    private static String text(JsonNode params, String field, int max) throws PhaseFailure {
        String text = params.path(field).asText("").replaceAll("\\s+", " ").strip();
        if (text.length() > max) {
            throw PhaseFailure.badInput(field, "has " + text.length() + " characters: at most " + max);
        }
        return text.equals("null") ? "" : text;
    }

    /** {@code {width, height}} or {@code "1200x675"}. */
    private static ObjectNode size(JsonNode size) throws PhaseFailure {
        ObjectNode read = Json.object();
        if (size.isObject()) {
            return read.put("width", size.path("width").asInt())
                    .put("height", size.path("height").asInt());
        }
        if (size.isMissingNode() || size.isNull()) {
            return read.put("width", SIZE[0]).put("height", SIZE[1]);
        }
        String[] sides = size.asText().split("[x×*]", -1);
        if (sides.length != 2
                || !sides[0].strip().matches("\\d{3,4}")
                || !sides[1].strip().matches("\\d{3,4}")) {
            throw PhaseFailure.badInput("size", "must be {width, height} or a text such as 1200x675");
        }
        return read.put("width", Integer.parseInt(sides[0].strip())).put("height", Integer.parseInt(sides[1].strip()));
    }

    private static ArrayNode colours(String title, long seed) {
        ArrayNode colours = Json.object().putArray("colours");
        COLOURS.get(Math.floorMod(title.hashCode() + (int) seed, COLOURS.size()))
                .forEach(colours::add);
        return colours;
    }
}
