package io.millrace.inference.cover;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.poster.Phases;
import io.millrace.inference.poster.elements.ElementsFunction;
import io.millrace.inference.poster.text.TextFunction;
import java.util.Map;

/** Phase {@code cover_text}: ornaments, then the title over them, with the contrast it needs. */
public final class CoverTextFunction implements PhaseFunction {
    private final ElementsFunction elements;
    private final TextFunction text;

    public CoverTextFunction(ElementsFunction elements, TextFunction text) {
        this.elements = elements;
        this.text = text;
    }

    @Override
    public String name() {
        return "cover_text";
    }

    @Override
    public String version() {
        return elements.version() + "+" + text.version();
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        PhaseOutput drawn = elements.compute(CoverPhases.poster(input, Map.of()), context);
        PhaseOutput set = text.compute(CoverPhases.poster(input, Map.of(Phases.ELEMENTS, drawn.output())), context);
        ObjectNode output = Json.object();
        output.set("artifact", set.output().path("artifact"));
        output.set("texts", set.output().path("texts"));
        return new PhaseOutput(
                output,
                Map.of(
                        "least_contrast", set.facts().getOrDefault("least_contrast", ""),
                        "texts", set.facts().getOrDefault("texts", ""),
                        "artifact", set.facts().getOrDefault("artifact", "")));
    }
}
