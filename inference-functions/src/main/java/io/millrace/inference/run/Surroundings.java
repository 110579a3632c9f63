package io.millrace.inference.run;

import io.millrace.inference.accept.LongRuns;
import io.millrace.inference.cancel.Cancellations;
import io.millrace.inference.measure.Measures;
import io.millrace.inference.store.ResultStore;
import io.millrace.inference.tick.TickSender;
import io.millrace.schemas.artifact.ArtifactStore;
import java.time.InstantSource;

/** What running items reach beside the functions. */
public record Surroundings(
        ArtifactStore artifacts,
        ResultStore results,
        Cancellations cancellations,
        TickSender ticks,
        Measures measures,
        InstantSource clock,
        LongRuns longRuns) {}
