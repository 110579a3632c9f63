package io.millrace.inference.function;

import java.util.ArrayList;
import java.util.List;

/**
 * Computes one kind of phase. One instance serves all calls, from several worker threads at once.
 * The same input gives the same output on the same machine: what varies is asked for through a seed in the parameters.
 */
public interface PhaseFunction extends AutoCloseable {
    /** The name workflows refer to, e.g. {@code background}. */
    String name();

    /** Version of the model and code; part of the input hash, so that results of an older one are not reused. */
    String version();

    /**
     * Computes one item.
     *
     * @throws PhaseFailure with a code of {@link io.millrace.schemas.task.ErrorCode} when this item cannot be computed
     */
    PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure;

    /** Items that one call of {@link #computeBatch} takes; 1 where the model gains nothing from batches. */
    default int batchSize() {
        return 1;
    }

    /** Computes several items at once; the answer has the order of the calls. A failed item does not fail the others. */
    default List<PhaseOutcome> computeBatch(List<PhaseCall> calls) {
        List<PhaseOutcome> outcomes = new ArrayList<>(calls.size());
        for (PhaseCall call : calls) {
            outcomes.add(PhaseOutcome.of(() -> compute(call.input(), call.context())));
        }
        return outcomes;
    }

    @Override
    default void close() {}
}
