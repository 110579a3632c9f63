package io.millrace.inference.function;

/** How one item of a batch ended. */
public sealed interface PhaseOutcome {
    record Done(PhaseOutput output) implements PhaseOutcome {}

    record Failed(PhaseFailure failure) implements PhaseOutcome {}

    /** Runs a computation; any exception becomes a failure. */
    static PhaseOutcome of(Computation computation) {
        try {
            return new Done(computation.run());
        } catch (PhaseFailure failure) {
            return new Failed(failure);
        } catch (RuntimeException e) {
            return new Failed(PhaseFailure.modelError(e));
        }
    }

    @FunctionalInterface
    interface Computation {
        PhaseOutput run() throws PhaseFailure;
    }
}
