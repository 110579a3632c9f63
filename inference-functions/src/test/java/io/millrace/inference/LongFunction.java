package io.millrace.inference;

import io.millrace.inference.function.LongPhase;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A phase that outlasts its call and does what its test says. */
final class LongFunction implements LongPhase {
    final AtomicInteger calls = new AtomicInteger();
    private final Duration lease;
    private final TestFunction.Behaviour behaviour;

    LongFunction(Duration lease, TestFunction.Behaviour behaviour) {
        this.lease = lease;
        this.behaviour = behaviour;
    }

    @Override
    public String name() {
        return "train";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public Duration lease() {
        return lease;
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        calls.incrementAndGet();
        return behaviour.compute(input, context);
    }
}
