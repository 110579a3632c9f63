package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.LocalStack;
import io.millrace.local.Room;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Something dies while twenty tasks are under way; every one of them still ends once, with its picture. */
@ExtendWith(Stack.class)
class FaultsIT {
    private static final int TASKS = 20;
    private static final int WIDTH = 360;
    private static final int HEIGHT = 640;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final EdgeClient carl = new EdgeClient(Stack.stack(), "carl");
    private final EveryTaskEndsOnce everyTaskEndsOnce = new EveryTaskEndsOnce(Stack.stack());

    @Test
    void theTaskManagerDiesAndNoFinishedPhaseIsComputedAgain() throws Exception {
        ModelCalls calls = new ModelCalls(Stack.stack());
        long before = calls.count();
        Set<String> tasks = submitAndWaitUntilUnderWay();

        Stack.stack().kill(Room.TASKMANAGER);

        everyTaskEndsOnce.verify(tasks, carl, WIDTH, HEIGHT, PATIENCE);
        long phases = 0;
        for (String task : tasks) {
            phases += carl.get("/api/v1/tasks/" + task).data().path("timings").size();
        }
        assertThat(calls.count() - before)
                .as("calls at the models for %s finished phases", phases)
                .isEqualTo(phases);
    }

    @Test
    void theInferenceDies() throws Exception {
        Set<String> tasks = submitAndWaitUntilUnderWay();

        Stack.stack().kill(Room.INFERENCE);

        everyTaskEndsOnce.verify(tasks, carl, WIDTH, HEIGHT, PATIENCE);
    }

    @Tag("nightly")
    @ParameterizedTest
    @EnumSource(
            value = Room.class,
            names = {"JOBMANAGER", "BROKER", "DATABASE", "EDGE"})
    void anyOtherRoomDies(Room room) throws Exception {
        Set<String> tasks = submitAndWaitUntilUnderWay();

        Stack.stack().kill(room);

        Stack.stack().awaitReady(Stack.READY);
        everyTaskEndsOnce.verify(tasks, carl, WIDTH, HEIGHT, PATIENCE);
    }

    @Tag("nightly")
    @Test
    void theInferenceStandsStillForThreeMinutes() throws Exception {
        Set<String> tasks = submitAndWaitUntilUnderWay();

        Stack.stack().pause(Room.INFERENCE);
        letPass(Duration.ofMinutes(3));
        Stack.stack().resume(Room.INFERENCE);

        everyTaskEndsOnce.verify(tasks, carl, WIDTH, HEIGHT, PATIENCE.multipliedBy(2));
    }

    @Tag("nightly")
    @Test
    void theEndpointIsDownForAMinuteAndTheJobsGoOn() throws Exception {
        FlinkJobs jobs = new FlinkJobs(Stack.stack());
        long restarts = jobs.restarts();
        Set<String> tasks = submitAndWaitUntilUnderWay();
        Stack.stack().killSupervisor();

        Stack.stack().kill(Room.INFERENCE);
        long before = jobs.checkpoints();
        letPass(Duration.ofMinutes(1));

        assertThat(jobs.checkpoints() - before)
                .as("checkpoints within a minute without inference")
                .isGreaterThan(20);
        startAgain();
        everyTaskEndsOnce.verify(tasks, carl, WIDTH, HEIGHT, PATIENCE);
        assertThat(jobs.restarts()).isEqualTo(restarts);
    }

    @Tag("nightly")
    @Test
    void theLauncherDiesAndNobodyNotices() throws Exception {
        Set<String> tasks = submitAndWaitUntilUnderWay();
        long edge = Stack.stack().pid(Room.EDGE);

        Stack.stack().killSupervisor();

        everyTaskEndsOnce.verify(tasks, carl, WIDTH, HEIGHT, PATIENCE);
        startAgain();
        assertThat(Stack.stack().pid(Room.EDGE)).as("adopted, not restarted").isEqualTo(edge);
    }

    @Tag("nightly")
    @Test
    void everythingDiesAtOnce() throws Exception {
        Set<String> tasks = submitAndWaitUntilUnderWay();

        Stack.stack().killSupervisor();
        for (Room room : Room.values()) {
            Stack.stack().kill(room);
        }
        startAgain();

        everyTaskEndsOnce.verify(tasks, carl, WIDTH, HEIGHT, PATIENCE);
    }

    private static void startAgain() throws Exception {
        LocalStack.start(
                Stack.stack().setup().home().folder(),
                Stack.stack().setup().ports().base(),
                Stack.options());
        Stack.stack().awaitReady(Stack.READY);
    }

    private static void letPass(Duration length) {
        Awaitility.await().atMost(length.plusSeconds(30)).pollDelay(length).until(() -> true);
    }

    /** Twenty small posters, some finished, some running, some waiting. */
    private Set<String> submitAndWaitUntilUnderWay() {
        Set<String> tasks = new LinkedHashSet<>();
        for (int i = 0; i < TASKS; i++) {
            tasks.add(carl.submit(Prompts.small(i)));
        }
        EventLog log = new EventLog(Stack.stack());
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> !log.ended(tasks).isEmpty());
        return tasks;
    }
}
