package io.millrace.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.v1.CancelTask;
import io.millrace.schemas.v1.EventRecord;
import io.millrace.schemas.v1.SubmitTask;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.workflow.Definitions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random lives of the control plane; a failing seed replays with {@code -Dmillrace.seed=N}. */
class ControlPlaneTest {
    private static final Definitions DEFINITIONS = Definitions.shipped();
    private static final int RUNS = 2_000;

    private final Map<String, Integer> ends = new HashMap<>();

    @Test
    void everyTaskEndsOnceWhateverHappens() {
        Long only = Long.getLong("millrace.seed");
        long first = only == null ? 1 : only;
        long last = only == null ? RUNS : only;
        for (long seed = first; seed <= last; seed++) {
            try {
                run(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        if (only == null) {
            assertThat(ends.keySet())
                    .as("the runs reach every end")
                    .contains(
                            EventType.COMPLETED.wireName(),
                            EventType.FAILED.wireName(),
                            EventType.CANCELLED.wireName());
        }
    }

    private void run(long seed) {
        Simulation simulation = new Simulation(seed, DEFINITIONS);
        Set<String> submitted = new HashSet<>();
        script(simulation, submitted);
        int steps = 200 + simulation.random.nextInt(1_500);
        for (int i = 0; i < steps; i++) {
            simulation.step();
        }
        simulation.settle();
        simulation.invariants.settled(simulation.world, submitted, simulation.committed);
        for (EventRecord event : simulation.committed) {
            if (EventType.ofWireName(event.getType()).terminal()) {
                ends.merge(event.getType(), 1, Integer::sum);
            }
        }
    }

    /** Submits, repeats and cancels of up to 40 tasks by three tenants, shuffled. */
    private static void script(Simulation simulation, Set<String> submitted) {
        int count = 1 + simulation.random.nextInt(40);
        List<TaskCommand> commands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id =
                    TaskId.of(Simulation.START, i, simulation.random.nextLong()).value();
            String user = "user-" + i % 3;
            TaskCommand submit = submit(id, user, simulation.random.nextInt(10), i);
            submitted.add(id);
            commands.add(submit);
            if (simulation.random.nextInt(5) == 0) {
                commands.add(submit.toBuilder().setCommandId("again-" + i).build());
            }
            if (simulation.random.nextInt(4) == 0) {
                commands.add(TaskCommand.newBuilder()
                        .setCommandId("cancel-" + i)
                        .setTaskId(id)
                        .setUserId(user)
                        .setCancel(CancelTask.newBuilder().setReason("changed my mind"))
                        .build());
            }
        }
        while (!commands.isEmpty()) {
            simulation.commands.add(commands.remove(simulation.random.nextInt(commands.size())));
        }
    }

    private static TaskCommand submit(String id, String user, int priority, int number) {
        return TaskCommand.newBuilder()
                .setCommandId("submit-" + number)
                .setTaskId(id)
                .setUserId(user)
                .setSubmit(SubmitTask.newBuilder()
                        .setType(number % 2 == 0 ? "poster" : "poster_generation")
                        .setPriority(priority)
                        .setCreatedAtMs(Simulation.START)
                        .setInputParams(ByteString.copyFromUtf8("{\"prompt\":\"海报 " + number + "\"}")))
                .build();
    }
}
