package io.millrace.inference.function;

import io.millrace.schemas.artifact.ArtifactStore;

/** What a running phase may use of its surroundings. */
public interface PhaseContext {
    String taskId();

    String userId();

    ArtifactStore artifacts();

    /**
     * Moves the bar inside the phase. Cheap; sent at most every 100 ms.
     *
     * @param fraction 0 to 1
     */
    void tick(double fraction, String message);

    /** A line of the task's log: {@code info}, {@code warn} or {@code error}. */
    void log(String level, String message);

    /** To be called between steps of a long computation. @throws PhaseFailure CANCELLED or EXPIRED when nobody wants the answer any more */
    void checkWanted() throws PhaseFailure;
}
