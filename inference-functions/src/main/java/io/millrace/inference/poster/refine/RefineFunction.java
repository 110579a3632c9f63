package io.millrace.inference.poster.refine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.poster.Phases;
import io.millrace.inference.poster.quality.Quality;
import java.util.Locale;
import java.util.Map;

/** Phase {@code refine}: names the phase to blame in the fact {@code back_to} and tells it what to change. */
public final class RefineFunction implements PhaseFunction {
    @Override
    public String name() {
        return "refine";
    }

    @Override
    public String version() {
        return "remedies/3";
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        Quality quality = Json.read(input.require(Phases.QUALITY), Quality.class, "results." + Phases.QUALITY);
        Adjustments before = Phases.adjustments(input);
        int round = 1
                + input.result(Phases.REFINE)
                        .map(last -> last.path("round").asInt())
                        .orElse(0);
        Remedy remedy = Remedy.find(quality, Phases.layout(input).family(), before, round);
        context.log("info", "refining: " + remedy.reason() + ", back to " + remedy.backTo());
        ObjectNode output = Json.object();
        output.put("round", round);
        output.put("back_to", remedy.backTo());
        output.put("reason", remedy.reason());
        output.put("overall_before", quality.overall());
        output.set("adjustments", Json.write(remedy.adjustments()));
        BestRound.of(input, quality, context).addTo(output);
        return new PhaseOutput(
                output,
                Map.of(
                        "back_to", remedy.backTo(),
                        "reason", remedy.reason(),
                        "overall_before", String.format(Locale.ROOT, "%.3f", quality.overall())));
    }
}
