package io.millrace.inference.run;

import io.millrace.inference.function.PhaseCall;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseOutcome;
import io.millrace.inference.measure.Measures;
import io.millrace.schemas.task.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where a model is called. Whatever it throws becomes an outcome of the item that caused it. */
final class ModelCall {
    private static final Logger LOG = LoggerFactory.getLogger(ModelCall.class);

    private final Measures measures;

    ModelCall(Measures measures) {
        this.measures = measures;
    }

    /** Outcomes in the order of the calls; one for each. */
    List<PhaseOutcome> outcomes(PhaseFunction function, List<PhaseCall> calls) {
        List<PhaseOutcome> together = attempt(function, calls);
        if (calls.size() == 1 || together.size() == calls.size()) {
            return together;
        }
        // The batch failed as a whole: alone, each item answers for itself.
        LOG.warn("event=batch-split function={} items={}", function.name(), calls.size());
        List<PhaseOutcome> alone = new ArrayList<>(calls.size());
        calls.forEach(call -> alone.addAll(attempt(function, List.of(call))));
        return alone;
    }

    /** One outcome for each call; an empty list when several calls failed together and none is known to be to blame. */
    // Models run native code and other people's Java: an error of theirs must not end the worker or its neighbours.
    @SuppressWarnings("CatchThrowable")
    private List<PhaseOutcome> attempt(PhaseFunction function, List<PhaseCall> calls) {
        measures.modelCalls(function.name(), calls.size());
        long began = System.nanoTime();
        try {
            List<PhaseOutcome> outcomes = new ArrayList<>(function.computeBatch(calls));
            if (outcomes.size() == calls.size() && !outcomes.contains(null)) {
                return outcomes;
            }
            return blame(
                    calls,
                    ErrorCode.INTERNAL,
                    "it gave " + outcomes.size() + " outcomes for " + calls.size() + " items");
        } catch (RuntimeException failure) {
            LOG.warn("event=model-failed function={}", function.name(), failure);
            return blame(calls, ErrorCode.MODEL_ERROR, failure.toString());
        } catch (Throwable failure) {
            LOG.error("event=model-broken function={}", function.name(), failure);
            return blame(calls, ErrorCode.INTERNAL, failure.toString());
        } finally {
            measures.computed(function.name(), Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private static List<PhaseOutcome> blame(List<PhaseCall> calls, ErrorCode code, String message) {
        return calls.size() == 1 ? List.of(new PhaseOutcome.Failed(new PhaseFailure(code, message))) : List.of();
    }
}
