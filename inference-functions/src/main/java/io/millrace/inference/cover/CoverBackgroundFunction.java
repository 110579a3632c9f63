package io.millrace.inference.cover;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.poster.Phases;
import io.millrace.inference.poster.background.BackgroundFunction;
import io.millrace.inference.poster.layout.LayoutFunction;
import java.util.Map;

/** Phase {@code cover_background}: the composition, and the pattern that opens around the title. */
public final class CoverBackgroundFunction implements PhaseFunction {
    private final LayoutFunction layout;
    private final BackgroundFunction background;

    public CoverBackgroundFunction(LayoutFunction layout, BackgroundFunction background) {
        this.layout = layout;
        this.background = background;
    }

    @Override
    public String name() {
        return "cover_background";
    }

    @Override
    public String version() {
        return layout.version() + "+" + background.version();
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        PhaseOutput composed = layout.compute(CoverPhases.poster(input, Map.of()), context);
        PhaseOutput painted =
                background.compute(CoverPhases.poster(input, Map.of(Phases.LAYOUT, composed.output())), context);
        ObjectNode output = Json.object();
        output.set("layout", composed.output());
        output.set("background", painted.output());
        return new PhaseOutput(
                output,
                Map.of(
                        "family", composed.facts().getOrDefault("family", ""),
                        "pattern_seed", painted.facts().getOrDefault("pattern_seed", ""),
                        "artifact", painted.facts().getOrDefault("artifact", "")));
    }
}
