package io.millrace.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Outcome of a decision.
 *
 * @param state what to keep; null: forget everything about this id
 * @param effects what to do, in order
 */
public record Decision<S>(@Nullable S state, List<Effect> effects) {
    public Decision {
        effects = List.copyOf(effects);
    }
}
