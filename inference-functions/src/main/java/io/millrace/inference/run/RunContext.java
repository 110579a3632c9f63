package io.millrace.inference.run;

import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.store.RunArtifacts;
import io.millrace.schemas.artifact.ArtifactStore;
import java.util.Optional;

/** The surroundings of one run, as its function sees them. */
final class RunContext implements PhaseContext {
    private final Run run;
    private final Demand demand;
    private final RunArtifacts artifacts;

    RunContext(Run run, Demand demand, ArtifactStore artifacts) {
        this.run = run;
        this.demand = demand;
        this.artifacts = new RunArtifacts(artifacts, run.input());
    }

    Run run() {
        return run;
    }

    @Override
    public String taskId() {
        return run.first().request().getTaskId();
    }

    @Override
    public String userId() {
        return run.first().request().getUserId();
    }

    @Override
    public RunArtifacts artifacts() {
        return artifacts;
    }

    @Override
    public void tick(double fraction, String message) {
        run.items().forEach(item -> item.ticks().tick(fraction, message));
    }

    @Override
    public void log(String level, String message) {
        run.items().forEach(item -> item.ticks().log(level, message));
    }

    @Override
    public void checkWanted() throws PhaseFailure {
        Optional<PhaseFailure> reason = run.endIfUnwanted(demand::loss);
        if (reason.isPresent()) {
            throw reason.get();
        }
    }
}
