package io.millrace.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.fixture.TestDefinitions;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.workflow.Definitions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Random lives of the control plane; a failing seed replays with {@code -Dmillrace.seed=N}. */
class ControlPlaneTest {
    private static final Definitions DEFINITIONS = TestDefinitions.all();
    private static final long RUNS = Long.getLong("millrace.runs", 10_000);
    private static final int MAX_TASKS = 10;

    private final Map<String, Integer> events = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, Throwable> failures = new ConcurrentSkipListMap<>();

    @Test
    void whateverHappensTheInvariantsHold() {
        Long only = Long.getLong("millrace.seed");
        if (only != null) {
            run(only);
            return;
        }
        LongStream.rangeClosed(1, RUNS).parallel().forEach(this::replayable);
        if (!failures.isEmpty()) {
            Map.Entry<Long, Throwable> first = failures.firstEntry();
            throw new AssertionError(
                    failures.size() + " runs fail, the first with -Dmillrace.seed=" + first.getKey() + ": "
                            + first.getValue().getMessage(),
                    first.getValue());
        }
        for (EventType type : EventType.values()) {
            assertThat(events).as("the runs reach every event").containsKey(type.wireName());
        }
    }

    private void replayable(long seed) {
        try {
            run(seed);
        } catch (AssertionError | RuntimeException e) {
            failures.put(seed, e);
        }
    }

    private void run(long seed) {
        Simulation simulation = new Simulation(seed, DEFINITIONS);
        int steps = 100 + simulation.random.nextInt(500);
        for (int i = 0; i < steps; i++) {
            if (simulation.random.nextInt(12) == 0) {
                simulation.actors.act(MAX_TASKS);
            }
            simulation.step();
        }
        simulation.settle();
        simulation.invariants.settled(simulation.world);
        if (seed % 4 == 0) {
            simulation.forget();
            simulation.invariants.forgotten(simulation.world);
            simulation.actors.afterRetention();
            simulation.settle();
            simulation.invariants.settled(simulation.world);
        }
        simulation.committed.forEach(event -> events.merge(event.getType(), 1, Integer::sum));
    }
}
