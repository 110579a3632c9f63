package io.millrace.engine.batch;

import io.millrace.engine.Effect;
import io.millrace.schemas.v1.BatchState;
import java.util.List;

/**
 * Outcome of a decision of a batcher.
 *
 * @param state what to keep
 * @param gathered what becomes of the waiting items
 * @param effects what to do, in order
 */
public record BatchDecision(BatchState state, Gathered gathered, List<Effect> effects) {
    public BatchDecision {
        effects = List.copyOf(effects);
    }
}
