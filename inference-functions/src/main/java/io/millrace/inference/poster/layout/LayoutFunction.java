package io.millrace.inference.poster.layout;

import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.poster.Phases;
import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.layout.Layout.Slot;
import io.millrace.inference.poster.refine.Adjustments;
import io.millrace.inference.poster.type.Typesetter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Phase {@code layout}: every composition that suits the brief is poured, measured and improved, the one of least cost is taken. */
public final class LayoutFunction implements PhaseFunction {
    private final Typesetter typesetter;

    public LayoutFunction(Typesetter typesetter) {
        this.typesetter = typesetter;
    }

    @Override
    public String name() {
        return "layout";
    }

    @Override
    public String version() {
        return "families/3";
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        Brief brief = Phases.brief(input);
        Adjustments adjustments = Phases.adjustments(input);
        Solver solver = new Solver(typesetter, brief, adjustments.sizeScale());
        Layout best = solver.solve(adjustments.avoid())
                .orElseThrow(() -> PhaseFailure.badInput(
                        "elements", "hold more text than fits this size legibly: shorten them or enlarge the canvas"));
        return new PhaseOutput(Json.write(best), facts(best, solver.tried()));
    }

    private static Map<String, String> facts(Layout layout, int tried) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("family", layout.family());
        facts.put("score", String.format(Locale.ROOT, "%.3f", layout.score()));
        facts.put("candidates", Integer.toString(tried));
        long shrunk = layout.slots().stream().filter(Slot::shrunk).count();
        facts.put("wished_sizes", shrunk == 0 ? "kept" : shrunk + " did not fit and became smaller");
        return facts;
    }
}
