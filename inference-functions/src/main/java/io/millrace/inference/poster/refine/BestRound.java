package io.millrace.inference.poster.refine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.poster.Phases;
import io.millrace.inference.poster.quality.Quality;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The best of the rounds that refining has left behind: a round that turns out worse must not cost the poster that was there. The
 * results of the phases lie in the artifact store; the result of {@code refining} carries the reference.
 *
 * @param overall its score, 0 to 1
 * @param results artifact: JSON of the results by phase
 */
public record BestRound(double overall, String results) {
    private static final String FIELD = "best";
    private static final List<String> PHASES =
            List.of(Phases.LAYOUT, Phases.BACKGROUND, Phases.ELEMENTS, Phases.TEXT, Phases.OCR, Phases.QUALITY);

    /** The better of this round and those before it, when refining begins another. */
    static BestRound of(PhaseInput input, Quality quality, PhaseContext context) throws PhaseFailure {
        Optional<BestRound> before = before(input);
        if (before.isPresent() && before.get().overall() >= quality.overall()) {
            return before.get();
        }
        ObjectNode results = Json.object();
        for (String phase : PHASES) {
            results.set(phase, input.require(phase));
        }
        return new BestRound(quality.overall(), Phases.store(context, Json.bytes(results)));
    }

    void addTo(ObjectNode refining) {
        refining.set(FIELD, Json.write(this));
    }

    /** The input of the phase after refining, with the results of the best round: those of the last unless it has failed and scores less. */
    public static PhaseInput choose(PhaseInput input, PhaseContext context) throws PhaseFailure {
        Optional<BestRound> before = before(input);
        Quality last = Json.read(input.require(Phases.QUALITY), Quality.class, "results." + Phases.QUALITY);
        if (before.isEmpty() || last.passed() || last.overall() >= before.get().overall()) {
            return input;
        }
        BestRound best = before.get();
        context.log(
                "info",
                String.format(
                        Locale.ROOT,
                        "an earlier round is taken: it scored %.3f, the last %.3f",
                        best.overall(),
                        last.overall()));
        Map<String, JsonNode> results = new HashMap<>(input.results());
        JsonNode stored = Phases.json(context, best.results());
        PHASES.forEach(phase -> results.put(phase, stored.path(phase)));
        return new PhaseInput(input.params(), results, input.round(), input.item());
    }

    private static Optional<BestRound> before(PhaseInput input) throws PhaseFailure {
        Optional<JsonNode> refining = input.result(Phases.REFINE);
        if (refining.isEmpty() || !refining.get().has(FIELD)) {
            return Optional.empty();
        }
        return Optional.of(
                Json.read(refining.get().path(FIELD), BestRound.class, "results." + Phases.REFINE + "." + FIELD));
    }
}
