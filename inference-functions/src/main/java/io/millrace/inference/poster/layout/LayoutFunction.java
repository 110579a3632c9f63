package io.millrace.inference.poster.layout;

import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.poster.Phases;
import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.layout.Composer.Composed;
import io.millrace.inference.poster.layout.Families.Family;
import io.millrace.inference.poster.layout.Layout.Slot;
import io.millrace.inference.poster.refine.Adjustments;
import io.millrace.inference.poster.type.Typesetter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Phase {@code layout}: every composition that suits the brief is poured and scored, the best is taken. */
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
        return "families/1";
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        Brief brief = Phases.brief(input);
        Adjustments adjustments = Phases.adjustments(input);
        Composer composer = new Composer(typesetter, brief);
        Layout best = null;
        int tried = 0;
        for (Family family : Families.ALL) {
            double affinity = family.affinity().applyAsDouble(brief);
            if (affinity <= 0 || adjustments.avoid().contains(family.name())) {
                continue;
            }
            Optional<Composed> composed =
                    composer.compose(family.name(), family.frame().apply(brief), adjustments.sizeScale());
            if (composed.isPresent()) {
                tried++;
                Layout layout = scored(composed.get(), LayoutScore.of(composed.get(), brief, affinity));
                best = best == null || layout.score() > best.score() ? layout : best;
            }
        }
        if (best == null) {
            throw PhaseFailure.badInput(
                    "elements", "hold more text than fits this size legibly: shorten them or enlarge the canvas");
        }
        return new PhaseOutput(Json.write(best), facts(best, tried));
    }

    private static Layout scored(Composed composed, double score) {
        Layout layout = composed.layout();
        return new Layout(layout.family(), score, layout.art(), layout.slots(), layout.panels(), layout.safe());
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
