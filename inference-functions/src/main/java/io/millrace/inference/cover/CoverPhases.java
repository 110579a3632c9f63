package io.millrace.inference.cover;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.poster.Phases;
import java.util.LinkedHashMap;
import java.util.Map;

/** The cover's results as the poster's functions know them: two of its phases do the work of four. */
final class CoverPhases {
    static final String BACKGROUND = "generating_background";
    static final String TEXT = "rendering_text";

    private CoverPhases() {}

    /** Input of a poster function made from what the cover has so far. */
    static PhaseInput poster(PhaseInput input, Map<String, ? extends JsonNode> more) throws PhaseFailure {
        Map<String, JsonNode> results = new LinkedHashMap<>();
        results.put(Phases.INTENT, input.require(Phases.INTENT));
        JsonNode painted = input.results().get(BACKGROUND);
        if (painted != null) {
            results.put(Phases.LAYOUT, painted.path("layout"));
            results.put(Phases.BACKGROUND, painted.path("background"));
        }
        results.putAll(more);
        return new PhaseInput(input.params(), results, input.round());
    }
}
