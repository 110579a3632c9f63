package io.millrace.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.v1.CommittedRecord;
import io.millrace.schemas.v1.EventRecord;
import io.millrace.schemas.v1.SubmitTask;
import io.millrace.schemas.v1.TaskCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions that change while tasks are under way: one that is taken away, and a new version. */
class DefinitionsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String WORKFLOW = "workflows/word_count.yaml";
    private static final String SECOND_PHASE = """
              - name: measuring
                function: word_count
                mark: 50
                timeout: 10s
                retry: {max_attempts: 3, backoff: 200ms}
                params: [text]
                message: {en: Measuring the words, zh: 测量字数}
            """;
    private static final Map<String, String> FILES = Map.of(
            "functions.yaml",
            "functions:\n  word_count: {slots: 2, batch: 1}\n",
            "lanes.yaml",
            "lanes:\n  words: {concurrency: 6}\n",
            WORKFLOW,
            """
            type: word_count
            version: 1
            lane: words
            phases:
              - name: counting
                function: word_count
                mark: 10
                timeout: 10s
                retry: {max_attempts: 3, backoff: 200ms}
                params: [text]
                message: {en: Counting the words, zh: 统计字数}
            """);

    private final TestEnds ends = new TestEnds();
    private final FakeInference inference = new FakeInference();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        inference.close();
        ends.close();
    }

    @Test
    void tasksWhoseDefinitionIsGoneStopNothingAndGoOnWhenItIsBack() throws Exception {
        write();
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger held = hold(release);
        String inFlight;
        List<String> words;
        try (RunningJob job = RunningJob.start(ends, inference, folder, null)) {
            words = submit("word_count", 10);
            // Two calls in flight, four that have gathered behind them, and four tasks that wait for the lane.
            await().atMost(PATIENCE).until(() -> held.get() == 2 && started(words) == 6);
            inFlight = job.stopWithSavepoint();
        }
        release.countDown();
        inference.answer(null);
        for (String file : FILES.keySet()) {
            Files.delete(folder.resolve(file));
        }
        int starts = ends.shared().starts.get();

        String without;
        try (RunningJob job = RunningJob.start(ends, inference, folder, inFlight)) {
            List<String> posters = submit("poster", 2);
            await().atMost(PATIENCE).until(() -> posters.stream().allMatch(this::hasEnded));
            without = job.stopWithSavepoint();
        }
        assertThat(ends.shared().starts).hasValue(starts + 1);
        assertThat(words).noneMatch(this::hasEnded);

        write();
        try (RunningJob job = RunningJob.start(ends, inference, folder, without)) {
            await().atMost(PATIENCE).until(() -> words.stream().allMatch(this::hasEnded));
        }

        for (String task : words) {
            assertThat(ends.events(task)).map(EventRecord::getType).endsWith(EventType.COMPLETED.wireName());
        }
        assertThat(ends.shared().committed).noneMatch(CommittedRecord::hasRejected);
    }

    @Test
    void tasksEndOnTheVersionTheyBeganWithAndNewOnesTakeTheHighest() throws Exception {
        write();
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger held = hold(release);
        String inFlight;
        List<String> before;
        try (RunningJob job = RunningJob.start(ends, inference, folder, null)) {
            before = submit("word_count", 10);
            await().atMost(PATIENCE).until(() -> held.get() == 2 && started(before) == 6);
            inFlight = job.stopWithSavepoint();
        }
        release.countDown();
        inference.answer(null);
        String first = Objects.requireNonNull(FILES.get(WORKFLOW));
        Files.writeString(
                folder.resolve("workflows/word_count_2.yaml"),
                first.replace("version: 1", "version: 2") + SECOND_PHASE);

        List<String> after;
        try (RunningJob job = RunningJob.start(ends, inference, folder, inFlight)) {
            after = submit("word_count", 3);
            await().atMost(PATIENCE)
                    .until(() -> Stream.concat(before.stream(), after.stream()).allMatch(this::hasEnded));
        }

        assertThat(before).noneMatch(task -> wasIn(task, "measuring"));
        assertThat(after).allMatch(task -> wasIn(task, "measuring"));
        for (String task : Stream.concat(before.stream(), after.stream()).toList()) {
            assertThat(ends.events(task)).map(EventRecord::getType).endsWith(EventType.COMPLETED.wireName());
        }
    }

    private boolean wasIn(String task, String phase) {
        return ends.steps(task).stream()
                .anyMatch(step -> step.getStepTaken().getPhase().equals(phase));
    }

    private void write() throws IOException {
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    private long started(List<String> tasks) {
        return tasks.stream().filter(task -> wasIn(task, "counting")).count();
    }

    private boolean hasEnded(String task) {
        return ends.events(task).stream()
                .anyMatch(event -> EventType.ofWireName(event.getType()).terminal());
    }

    private AtomicInteger hold(CountDownLatch release) {
        AtomicInteger held = new AtomicInteger();
        inference.answer((exchange, body) -> {
            if (!new String(body, StandardCharsets.ISO_8859_1).contains("counting")) {
                FakeInference.send(exchange, 200, inference.compute(body));
                return;
            }
            held.incrementAndGet();
            try {
                release.await(120, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return held;
    }

    private List<String> submit(String type, int count) {
        return Stream.generate(() -> TaskId.at(System.currentTimeMillis()).value())
                .limit(count)
                .peek(task -> ends.send(TaskCommand.newBuilder()
                        .setCommandId(UUID.randomUUID().toString())
                        .setTaskId(task)
                        .setUserId("ann")
                        .setIssuedAtMs(System.currentTimeMillis())
                        .setSubmit(SubmitTask.newBuilder()
                                .setType(type)
                                .setPriority(5)
                                .setInputParams(ByteString.copyFromUtf8("{\"text\":\"to be\"}"))
                                .setCreatedAtMs(System.currentTimeMillis()))
                        .build()))
                .toList();
    }
}
