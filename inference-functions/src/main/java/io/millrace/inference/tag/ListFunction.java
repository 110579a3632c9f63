package io.millrace.inference.tag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.classify.TrainedHead;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Phase {@code tag_list}. Parameters: {@code images} (1 to 200, each a reference or {image, name}), {@code model} (checked here, before any
 * picture is looked at). Result: {@code pictures[] {index, image, name}}, names unlike each other.
 */
public final class ListFunction implements PhaseFunction {
    private static final int MAX_IMAGES = 200;
    private static final int MAX_NAME = 120;

    private final String network;

    /** @param network version of the one that will look at the pictures */
    public ListFunction(String network) {
        this.network = network;
    }

    @Override
    public String name() {
        return "tag_list";
    }

    @Override
    public String version() {
        return "tag-list/1";
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        JsonNode images = input.params().path("images");
        if (!images.isArray() || images.isEmpty() || images.size() > MAX_IMAGES) {
            throw PhaseFailure.badInput("images", "must be a list of 1 to " + MAX_IMAGES + " references of uploads");
        }
        if (input.params().hasNonNull("model")) {
            TrainedHead.read(context, input.params().path("model").asText(), network);
        }
        ObjectNode output = Json.object();
        ArrayNode pictures = output.putArray("pictures");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < images.size(); i++) {
            JsonNode entry = images.get(i);
            String image = entry.isObject() ? entry.path("image").asText("") : entry.asText("");
            if (!image.startsWith("sha256:")) {
                throw PhaseFailure.badInput(
                        "images[" + i + "]", "must be a reference sha256:HEX of an upload, or {image, name}");
            }
            String name = name(entry.path("name").asText(""), i);
            pictures.addObject()
                    .put("index", i)
                    .put("image", image)
                    .put("name", names.add(name) ? name : i + "-" + name);
        }
        context.log("info", pictures.size() + " pictures to tag");
        return new PhaseOutput(output, Map.of("pictures", Integer.toString(pictures.size())));
    }

    /** Without folders and the ending, as tag files are named. */
    private static String name(String given, int index) {
        String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        int dot = last.lastIndexOf('.');
        String stem = (dot > 0 ? last.substring(0, dot) : last)
                .replaceAll("[\\p{Cntrl}:*?\"<>|]", "_")
                .strip();
        if (stem.isEmpty()) {
            return "picture-" + (index + 1);
        }
        return stem.length() <= MAX_NAME ? stem : stem.substring(0, MAX_NAME);
    }
}
