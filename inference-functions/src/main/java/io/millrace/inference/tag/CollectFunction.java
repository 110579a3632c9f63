package io.millrace.inference.tag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.poster.Phases;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Phase {@code tag_collect}: writes the tag files, as trainers of picture models read them (one line, tags by commas, best first), and one
 * JSON file of all. Result: {@code items[] (with ten tags each), files[] {name, url, media_type}, counts {tag: pictures}, failed[], model_info}.
 */
public final class CollectFunction implements PhaseFunction {
    private static final int SHOWN = 10;

    private final String network;

    /** @param network version of the one that looked at the pictures */
    public CollectFunction(String network) {
        this.network = network;
    }

    @Override
    public String name() {
        return "tag_collect";
    }

    @Override
    public String version() {
        return "tag-collect/1";
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        JsonNode pictures = input.require("listing").path("pictures");
        JsonNode tagged = input.require("tagging").path("items");
        ObjectNode output = Json.object();
        ArrayNode items = output.putArray("items");
        ArrayNode files = output.putArray("files");
        ArrayNode failed = output.putArray("failed");
        ArrayNode all = Json.object().putArray("all");
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < pictures.size(); i++) {
            context.checkWanted();
            JsonNode item = tagged.path(i);
            if (!item.isObject()) {
                failed.add(pictures.get(i));
                continue;
            }
            items.add(brief(item));
            all.add(item);
            List<String> tags = new ArrayList<>();
            item.path("tags").forEach(tag -> tags.add(tag.path("tag").asText()));
            tags.forEach(tag -> counts.merge(tag, 1, Integer::sum));
            String line = String.join(", ", tags) + "\n";
            file(
                    files,
                    item.path("name").asText() + ".txt",
                    line.getBytes(StandardCharsets.UTF_8),
                    "text/plain",
                    context);
            context.tick((i + 1) / (double) pictures.size(), (i + 1) + " of " + pictures.size() + " tag files");
        }
        file(files, "tags.json", Json.bytes(all), "application/json", context);
        ObjectNode counted = output.putObject("counts");
        counts.forEach(counted::put);
        output.putObject("model_info")
                .put("measured", "shape, colours, light, sharpness, plain ground: from the pixels")
                .put("network", network + ": drawn or photographed, and a rating; it names no things")
                .put("model", "labels of the trained classifier that the task names, if it names one");
        return new PhaseOutput(
                output,
                Map.of(
                        "tagged", Integer.toString(items.size()),
                        "failed", Integer.toString(failed.size()),
                        "tags", Integer.toString(counts.size())));
    }

    /** With its first tags only: all of them are in {@code tags.json}, a result has 256 KiB. */
    private static ObjectNode brief(JsonNode item) {
        ObjectNode brief = Json.object();
        for (String field : new String[] {"index", "name", "image", "width", "height"}) {
            brief.set(field, item.path(field));
        }
        ArrayNode tags = brief.putArray("tags");
        for (int i = 0; i < Math.min(SHOWN, item.path("tags").size()); i++) {
            tags.add(item.path("tags").get(i));
        }
        return brief;
    }

    private static void file(ArrayNode files, String name, byte[] content, String type, PhaseContext context)
            throws PhaseFailure {
        files.addObject()
                .put("name", name)
                .put("url", Phases.store(context, content))
                .put("size", content.length)
                .put("media_type", type);
    }
}
