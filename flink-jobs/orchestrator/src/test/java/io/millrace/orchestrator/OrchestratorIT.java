package io.millrace.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.millrace.orchestrator.ingress.ReceivedRecord;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.topic.Topic;
import io.millrace.schemas.v1.CancelTask;
import io.millrace.schemas.v1.CommittedRecord;
import io.millrace.schemas.v1.EventRecord;
import io.millrace.schemas.v1.LiveRecord;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.SubmitTask;
import io.millrace.schemas.v1.TaskCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrchestratorIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** Posters at a time, as lanes.yaml says. */
    private static final int LANE = 8;

    private final TestEnds ends = new TestEnds();
    private final FakeInference inference = new FakeInference();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        inference.close();
        ends.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyTaskGoesThroughAllPhasesAndEndsOnce(int parallelism) throws Exception {
        try (RunningJob job = RunningJob.start(ends, inference, folder, null, "--parallelism=" + parallelism)) {
            List<String> tasks = submit(40);

            awaitEnd(tasks);

            for (String task : tasks) {
                assertThat(types(task)).startsWith(EventType.SUBMITTED, EventType.STARTED);
                assertThat(phases(task))
                        .containsSubsequence(
                                "parsing_intent",
                                "generating_background",
                                "assessing_quality",
                                "refining",
                                "generating_background",
                                "assessing_quality",
                                "finalizing");
                assertInOrder(task);
                assertThat(inference.computed(task, "generating_background")).isEqualTo(2);
                assertThat(inference.computed(task, "parsing_intent")).isEqualTo(1);
            }
            assertThat(ends.shared().starts).hasValue(1);
        }
    }

    @Test
    void aTaskCanBeCancelledWhileItIsComputed() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger held = hold(release);
        try (RunningJob job = RunningJob.start(ends, inference, folder, null)) {
            String task = submit(1).get(0);
            await().atMost(PATIENCE).until(() -> held.get() > 0);

            send(command(task).setCancel(CancelTask.newBuilder().setReason("enough")));

            awaitEnd(List.of(task));
            release.countDown();
            assertThat(types(task)).endsWith(EventType.CANCELLED);
            assertThat(ends.shared().live.stream().filter(LiveRecord::hasCancellation))
                    .hasSize(1);
        }
    }

    @Test
    void whatIsNoCommandIsRejectedAndStopsNothing() throws Exception {
        byte[] garbage = "{\"not\": \"protobuf\"}".getBytes(StandardCharsets.UTF_8);
        try (RunningJob job = RunningJob.start(ends, inference, folder, null)) {
            ends.shared().append(ReceivedRecord.of(Topic.COMMANDS.topicName(), 2, new byte[] {7}, garbage));
            List<String> tasks = submit(1);

            awaitEnd(tasks);

            List<CommittedRecord> rejected = ends.shared().committed.stream()
                    .filter(CommittedRecord::hasRejected)
                    .toList();
            assertThat(rejected).hasSize(1);
            assertThat(rejected.get(0).getRejected().getValue().toByteArray()).isEqualTo(garbage);
            assertThat(rejected.get(0).getRejected().getKey()).isEqualTo(ByteString.copyFrom(new byte[] {7}));
            assertThat(rejected.get(0).getRejected().getSource()).isEqualTo(Topic.COMMANDS.topicName());
            assertThat(ends.shared().starts).hasValue(1);
        }
    }

    @Test
    void anEndpointThatIsAwayCostsTimeAndNothingElse() throws Exception {
        inference.stop();
        try (RunningJob job = RunningJob.start(ends, inference, folder, null)) {
            List<String> tasks = submit(20);
            await().atMost(PATIENCE).until(() -> ends.shared().live.size() >= 20);
            int before = ends.shared().checkpoints.get();
            await().atMost(PATIENCE).until(() -> ends.shared().checkpoints.get() > before + 20);

            inference.start();

            awaitEnd(tasks);
            tasks.forEach(this::assertInOrder);
            assertThat(ends.shared().starts).hasValue(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"hashmap, 1, 1", "rocksdb, 1, 1", "hashmap, 2, 2", "hashmap, 1, 3", "rocksdb, 1, 3", "rocksdb, 3, 1"})
    void workInFlightSurvivesASavepoint(String backend, int parallelism, int afterwards) throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger held = hold(release);
        List<String> tasks = new ArrayList<>();
        String savepoint;
        try (RunningJob job = RunningJob.start(
                ends, inference, folder, null, "--state-backend=" + backend, "--parallelism=" + parallelism)) {
            tasks.addAll(submit(20));
            // The lane is full of tasks whose second call is kept: nothing more can finish beside the savepoint.
            await().atMost(PATIENCE)
                    .until(() -> held.get() > 0 && inLayout(tasks).size() == LANE);
            savepoint = job.stopWithSavepoint();
        }
        inference.answer(null);
        long firstEpoch = epochs().max().orElseThrow();
        int before = ends.shared().live.size();
        List<String> finished = inLayout(tasks);

        try (RunningJob job = RunningJob.start(
                ends, inference, folder, savepoint, "--state-backend=" + backend, "--parallelism=" + afterwards)) {
            awaitEnd(tasks);
            // Those that came before are not in the way of what comes then.
            awaitEnd(submit(20));
        }
        release.countDown();

        assertThat(ends.shared().live.subList(before, ends.shared().live.size()))
                .filteredOn(LiveRecord::hasProgress)
                .allMatch(live -> live.getProgress().getEpoch() > firstEpoch);
        tasks.forEach(this::assertInOrder);
        for (String task : finished) {
            assertThat(inference.computed(task, "parsing_intent")).isEqualTo(1);
        }
    }

    /** The endpoint takes calls for the second phase and keeps them; calls of the first are answered. */
    private AtomicInteger hold(CountDownLatch release) {
        AtomicInteger held = new AtomicInteger();
        inference.answer((exchange, body) -> {
            if (new String(body, StandardCharsets.ISO_8859_1).contains("generating_layout")) {
                held.incrementAndGet();
                try {
                    release.await(120, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return;
            }
            FakeInference.send(exchange, 200, inference.compute(body));
        });
        return held;
    }

    private void awaitEnd(List<String> tasks) {
        await().atMost(PATIENCE)
                .until(() ->
                        tasks.stream().allMatch(task -> types(task).stream().anyMatch(EventType::terminal)));
    }

    /** Versions and steps have no gaps, events are there once, the bar never goes back, and only the last event is terminal. */
    private void assertInOrder(String task) {
        List<Long> versions =
                ends.events(task).stream().map(EventRecord::getVersion).toList();
        assertThat(versions)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, versions.size()).boxed().toList());
        assertThat(types(task).subList(0, versions.size() - 1)).noneMatch(EventType::terminal);
        assertThat(types(task)).endsWith(EventType.COMPLETED);
        List<Progress> steps = ends.steps(task);
        assertThat(steps.stream().map(Progress::getStep).distinct())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, steps.get(steps.size() - 1).getStep())
                                .boxed()
                                .toList());
        List<Integer> bar =
                steps.stream().map(step -> step.getStepTaken().getProgress()).toList();
        assertThat(bar).isSorted();
        assertThat(bar.get(bar.size() - 1)).isEqualTo(100);
    }

    private List<EventType> types(String task) {
        return ends.events(task).stream()
                .map(event -> EventType.ofWireName(event.getType()))
                .toList();
    }

    private List<String> phases(String task) {
        return ends.steps(task).stream()
                .map(step -> step.getStepTaken().getPhase())
                .toList();
    }

    private List<String> inLayout(List<String> tasks) {
        return tasks.stream()
                .filter(task -> phases(task).contains("generating_layout"))
                .toList();
    }

    private LongStream epochs() {
        return ends.shared().live.stream()
                .filter(LiveRecord::hasProgress)
                .mapToLong(live -> live.getProgress().getEpoch());
    }

    private List<String> submit(int count) {
        List<String> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String task = TaskId.at(System.currentTimeMillis()).value();
            tasks.add(task);
            send(command(task)
                    .setSubmit(SubmitTask.newBuilder()
                            .setType("poster")
                            .setPriority(i % 10)
                            .setInputParams(ByteString.copyFromUtf8("{\"prompt\":\"a poster\"}"))
                            .setCreatedAtMs(System.currentTimeMillis())));
        }
        return tasks;
    }

    private static TaskCommand.Builder command(String task) {
        return TaskCommand.newBuilder()
                .setCommandId(UUID.randomUUID().toString())
                .setTaskId(task)
                .setUserId("user-" + task.charAt(task.length() - 1))
                .setIssuedAtMs(System.currentTimeMillis());
    }

    private void send(TaskCommand.Builder command) {
        ends.send(command.build());
    }
}
