package io.millrace.engine.batch;

import io.millrace.engine.Effect;
import io.millrace.schemas.v1.BatchState;
import java.util.List;

/** What is measured of batches. Names are those of the metrics table in the docs. */
final class BatchMeasures {
    private BatchMeasures() {}

    static void called(String function, BatchState.Builder state, int items, List<Effect> effects) {
        effects.add(new Effect.Count("batches", 1));
        effects.add(new Effect.Count("batched_items", items));
        effects.add(new Effect.Count("batches_up_to_" + sizeClass(items), 1));
        busy(function, state, effects);
    }

    static void busy(String function, BatchState.Builder state, List<Effect> effects) {
        effects.add(new Effect.Gauge("slots_busy_" + function, Long.bitCount(state.getBusy())));
    }

    /** The next power of two: 1, 2, 4 to 256. */
    private static int sizeClass(int items) {
        int highest = Integer.highestOneBit(items);
        return highest == items ? items : highest << 1;
    }
}
