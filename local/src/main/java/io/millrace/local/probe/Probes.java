package io.millrace.local.probe;

import io.millrace.local.Room;
import io.millrace.local.room.StackSetup;

/** The probe of each room. */
public final class Probes {
    private static final int JOBS = 3;

    private Probes() {}

    public static Probe of(Room room, StackSetup setup) {
        return switch (room) {
            case BROKER -> new BrokerProbe(setup.kafka());
            case DATABASE ->
                new DatabaseProbe(
                        setup.databaseUrl(),
                        setup.databaseUser(),
                        setup.secrets().database());
            case INFERENCE -> new HttpProbe("http://127.0.0.1:" + setup.ports().inference() + "/health");
            case EDGE -> new HttpProbe(setup.edgeUrl() + "/actuator/health");
            case JOBMANAGER ->
                new HttpProbe(setup.flinkUrl() + "/jobs/overview", answer -> FlinkAnswers.runs(answer, JOBS));
            case TASKMANAGER -> new HttpProbe(setup.flinkUrl() + "/taskmanagers", FlinkAnswers::hasTaskManager);
        };
    }
}
