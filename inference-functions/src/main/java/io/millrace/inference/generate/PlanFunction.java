package io.millrace.inference.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.poster.intent.IntentFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Phase {@code generate_plan}: what each picture of the set shall be. Parameters: {@code prompt}, {@code config_id}, {@code override} {},
 * {@code model}, {@code size} {width, height}, {@code count} 1 to 16, {@code seed} (pictures take the seeds from it on) or
 * {@code seeds} [], {@code look}, {@code style}, {@code color_scheme}. Result: {@code model, prompt, style, pictures[] {index, prompt,
 * width, height, seed, look, style, colors}}.
 */
public final class PlanFunction implements PhaseFunction {
    private static final int MAX_COUNT = 16;
    private static final int SIDE = 1024;
    private static final int MIN_SIDE = 256;
    private static final int MAX_SIDE = 4096;
    private static final long MAX_PIXELS = 10_000_000;

    private final IntentFunction intent;
    private final Configs configs;
    private final Painters painters;

    /** Takes over all but the painters, which the painting function closes. */
    public PlanFunction(IntentFunction intent, Configs configs, Painters painters) {
        this.intent = intent;
        this.configs = configs;
        this.painters = painters;
    }

    @Override
    public String name() {
        return "generate_plan";
    }

    @Override
    public String version() {
        return intent.version() + "/generate-1";
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        ObjectNode params = configs.resolved(input.params());
        String model = params.path("model").asText(Painters.PATTERN);
        painters.named(model);
        String prompt = params.path("prompt").asText("").strip();
        if (prompt.isEmpty()) {
            throw PhaseFailure.badInput("prompt", "is missing: say what the pictures are for");
        }
        int width = number(params.path("size").path("width"), "size.width", SIDE, MIN_SIDE, MAX_SIDE);
        int height = number(params.path("size").path("height"), "size.height", SIDE, MIN_SIDE, MAX_SIDE);
        if ((long) width * height > MAX_PIXELS) {
            throw PhaseFailure.badInput("size", "is more than 10 megapixels: make one side shorter");
        }
        JsonNode brief = brief(params, prompt, context);
        String look = look(params, brief.path("style").asText());
        List<Long> seeds = seeds(params);
        ObjectNode output = Json.object();
        output.put("model", model).put("prompt", prompt).put("look", look);
        output.set("style", brief.path("style"));
        output.set("colors", brief.path("colors"));
        ArrayNode pictures = output.putArray("pictures");
        for (int i = 0; i < seeds.size(); i++) {
            ObjectNode picture = pictures.addObject();
            picture.put("index", i).put("model", model).put("prompt", prompt).put("look", look);
            picture.put("width", width).put("height", height).put("seed", seeds.get(i));
            picture.set("style", brief.path("style"));
            picture.set("colors", brief.path("colors"));
        }
        context.log("info", seeds.size() + " pictures of " + width + " x " + height + " by " + model);
        return new PhaseOutput(
                output,
                Map.of(
                        "model",
                        model,
                        "look",
                        look,
                        "pictures",
                        Integer.toString(seeds.size()),
                        "size",
                        width + "x" + height));
    }

    /** Style and colours, as the poster's intent finds them in the prompt. */
    private JsonNode brief(ObjectNode params, String prompt, PhaseContext context) throws PhaseFailure {
        ObjectNode wish = Json.object().put("prompt", prompt).put("suggestions", false);
        for (String field : new String[] {"style", "color_scheme"}) {
            if (params.hasNonNull(field)) {
                wish.set(field, params.get(field));
            }
        }
        return intent.compute(new PhaseInput(wish, Map.of(), 0), context).output();
    }

    private static String look(ObjectNode params, String style) throws PhaseFailure {
        String look = params.path("look").asText("");
        if (look.isEmpty()) {
            return switch (style) {
                case "cartoon" -> Look.FLAT.label();
                case "minimalist" -> Look.CALM.label();
                default -> Look.PAPER.label();
            };
        }
        if (Look.named(look).isEmpty()) {
            throw PhaseFailure.badInput("look", "must be one of " + String.join(", ", Look.labels()));
        }
        return look;
    }

    private static List<Long> seeds(ObjectNode params) throws PhaseFailure {
        List<Long> seeds = new ArrayList<>();
        JsonNode given = params.path("seeds");
        for (JsonNode seed : given) {
            if (!seed.canConvertToLong()) {
                throw PhaseFailure.badInput("seeds", "must be whole numbers");
            }
            seeds.add(seed.asLong());
        }
        if (seeds.size() > MAX_COUNT) {
            throw PhaseFailure.badInput("seeds", "are more than " + MAX_COUNT);
        }
        if (!seeds.isEmpty()) {
            return seeds;
        }
        int count = number(params.path("count"), "count", 1, 1, MAX_COUNT);
        for (int i = 0; i < count; i++) {
            seeds.add(params.path("seed").asLong(0) + i);
        }
        return seeds;
    }

    private static int number(JsonNode value, String field, int otherwise, int min, int max) throws PhaseFailure {
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.canConvertToInt() || value.asInt() < min || value.asInt() > max) {
            throw PhaseFailure.badInput(field, "must be a whole number from " + min + " to " + max);
        }
        return value.asInt();
    }
}
