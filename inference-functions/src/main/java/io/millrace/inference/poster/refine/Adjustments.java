package io.millrace.inference.poster.refine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What refinement asks of the phases that run again; each round adds to the one before.
 *
 * @param avoid compositions not to be used again
 * @param sizeScale of font sizes, 0.6 to 1; smaller leaves more air
 * @param calm extra stillness of the pattern under text, 0 to 1
 * @param reseed added to the seed of the pattern
 * @param ornaments share of ornaments to keep, 0 to 1
 * @param scrim least opacity of the veil between pattern and text, 0 to 0.9
 */
public record Adjustments(
        List<String> avoid, double sizeScale, double calm, int reseed, double ornaments, double scrim) {
    /** Nothing to change. */
    public static final Adjustments NONE = new Adjustments(List.of(), 1, 0, 0, 1, 0);

    public Adjustments {
        avoid = List.copyOf(avoid);
    }

    /** Reads the result of {@code refining}; what is missing is left as it is. */
    public static Adjustments read(JsonNode refining) {
        JsonNode node = refining.path("adjustments");
        List<String> avoid = new ArrayList<>();
        node.path("avoid").forEach(name -> avoid.add(name.asText()));
        return new Adjustments(
                avoid,
                Math.min(1, Math.max(0.6, node.path("size_scale").asDouble(1))),
                clamp(node.path("calm").asDouble(0), 1),
                node.path("reseed").asInt(0),
                clamp(node.path("ornaments").asDouble(1), 1),
                clamp(node.path("scrim").asDouble(0), 0.9));
    }

    private static double clamp(double value, double most) {
        return Math.min(most, Math.max(0, value));
    }
}
