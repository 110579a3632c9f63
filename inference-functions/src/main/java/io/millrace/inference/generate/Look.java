package io.millrace.inference.generate;

import io.millrace.inference.model.pattern.PatternModel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks of the pattern network, each a setting of its knobs. */
enum Look {
    PAPER(new PatternModel.Look(0.95, 0.7, 3, 6.2, 0.2, 0.5)),
    FLAT(new PatternModel.Look(0.95, 0.8, 7, 5.2, 0, 0.2)),
    CALM(new PatternModel.Look(0.6, 0.5, 2.6, 5.2, 0.3, 0.24)),
    FLOW(new PatternModel.Look(0.8, 1.0, 2.2, 5.5, 0.6, 0.08)),
    TERRAIN(new PatternModel.Look(1.3, 0.7, 2.6, 8.6, 0.2, 0.42)),
    MARBLE(new PatternModel.Look(1.3, 1.2, 2.6, 8, 0.5, 0.25));

    @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
    private final PatternModel.Look knobs;

    Look(PatternModel.Look knobs) {
        this.knobs = knobs;
    }

    PatternModel.Look knobs() {
        return knobs;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Look> named(String label) {
        return Arrays.stream(values())
                .filter(look -> look.label().equals(label))
                .findFirst();
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Look::label).toList();
    }
}
