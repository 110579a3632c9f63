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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Savepoints of earlier versions, committed under {@code src/test/resources/savepoints}: each was taken with calls in flight,
 * slots held, tasks in the pages of a lane and timers running. How to take another is told in {@code docs/scheduling.md}.
 */
class SavepointIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int TASKS = 48;

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
    @ValueSource(strings = {"first"})
    void whatAnEarlierVersionHadInFlightEnds(String name) throws Exception {
        Path savepoint = Path.of(Objects.requireNonNull(SavepointIT.class.getResource("/savepoints/" + name))
                .toURI());
        List<String> tasks = Files.readAllLines(savepoint.resolve("tasks.txt"));

        try (RunningJob job =
                RunningJob.start(ends, inference, folder, savepoint.toUri().toString())) {
            await().atMost(PATIENCE).until(() -> tasks.stream().allMatch(this::hasEnded));
        }

        for (String task : tasks) {
            List<EventRecord> events = ends.events(task);
            long first = events.get(0).getVersion();
            for (int i = 0; i < events.size(); i++) {
                assertThat(events.get(i).getVersion()).as(task).isEqualTo(first + i);
            }
            assertThat(events.get(events.size() - 1).getType()).isEqualTo(EventType.COMPLETED.wireName());
        }
        assertThat(ends.shared().committed).noneMatch(CommittedRecord::hasRejected);
        assertThat(ends.shared().starts).hasValue(1);
    }

    /** Each keeps tombstones in a shape of its own, and RocksDB is written behind. */
    @ParameterizedTest
    @CsvSource({"hashmap, rocksdb", "rocksdb, hashmap", "rocksdb, rocksdb"})
    void oneBackEndGoesOnWithWhatTheOtherHadInFlight(String from, String to) throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        TaskCommand before =
                submit("alone", TaskId.at(System.currentTimeMillis()).value(), "{}");
        List<String> tasks;
        String savepoint;
        try (RunningJob job = RunningJob.start(ends, inference, folder, null, "--state-backend=" + from)) {
            ends.send(before);
            await().atMost(PATIENCE).until(() -> hasEnded(before.getTaskId()));
            AtomicInteger held = hold(release);
            tasks = submit();
            await().atMost(PATIENCE)
                    .until(() -> held.get() > 0 && ends.shared().live.size() >= TASKS);
            savepoint = job.stopWithSavepoint();
        }
        release.countDown();
        inference.answer((exchange, body) -> FakeInference.send(exchange, 200, inference.compute(body)));

        try (RunningJob job = RunningJob.start(ends, inference, folder, savepoint, "--state-backend=" + to)) {
            await().atMost(PATIENCE).until(() -> tasks.stream().allMatch(this::hasEnded));
            // Who has ended is still known.
            ends.send(submit("again", before.getTaskId(), "{\"prompt\":\"another\"}"));
            await().atMost(PATIENCE)
                    .until(() -> ends.shared().live.stream()
                            .map(live -> live.getProgress().getAnswer())
                            .anyMatch(answer -> answer.getCommandId().equals("again")
                                    && answer.getReason().contains("other parameters")));
        }

        for (String task : tasks) {
            assertThat(ends.events(task)).map(EventRecord::getType).endsWith(EventType.COMPLETED.wireName());
        }
        assertThat(ends.shared().committed).noneMatch(CommittedRecord::hasRejected);
    }

    @Test
    @EnabledIfSystemProperty(named = "millrace.savepoint.write", matches = ".+")
    void writesASavepoint() throws Exception {
        Path target = Path.of(System.getProperty("millrace.savepoint.write"));
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger held = hold(release);
        List<String> tasks;
        String savepoint;
        try (RunningJob job = RunningJob.start(ends, inference, folder, null)) {
            tasks = submit();
            await().atMost(PATIENCE)
                    .until(() -> held.get() > 0 && ends.shared().live.size() >= TASKS);
            savepoint = job.stopWithSavepoint();
        }
        release.countDown();
        Files.createDirectories(target);
        try (Stream<Path> files = Files.list(Path.of(URI.create(savepoint)))) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
        Files.write(target.resolve("tasks.txt"), tasks, StandardCharsets.UTF_8);
    }

    private boolean hasEnded(String task) {
        return ends.events(task).stream()
                .anyMatch(event -> EventType.ofWireName(event.getType()).terminal());
    }

    /** The endpoint answers the first phase and keeps the calls of the second. */
    private AtomicInteger hold(CountDownLatch release) {
        AtomicInteger held = new AtomicInteger();
        inference.answer((exchange, body) -> {
            if (new String(body, StandardCharsets.ISO_8859_1).contains("generating_layout")) {
                held.incrementAndGet();
                awaitQuietly(release);
                return;
            }
            FakeInference.send(exchange, 200, inference.compute(body));
        });
        return held;
    }

    private static void awaitQuietly(CountDownLatch release) throws IOException {
        try {
            if (!release.await(120, TimeUnit.SECONDS)) {
                throw new IOException("the test did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Of two tenants, enough of the first for pages of their queue. */
    private List<String> submit() {
        List<String> tasks = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            String user = i % 8 == 0 ? "single" : "crowd";
            TaskCommand command = submit(
                            "submit-" + i, TaskId.at(System.currentTimeMillis()).value(), "{\"prompt\":\"a poster\"}")
                    .toBuilder()
                    .setUserId(user)
                    .build();
            tasks.add(command.getTaskId());
            ends.send(command);
        }
        return tasks;
    }

    private static TaskCommand submit(String commandId, String task, String params) {
        long now = System.currentTimeMillis();
        return TaskCommand.newBuilder()
                .setCommandId(commandId)
                .setTaskId(task)
                .setUserId("single")
                .setIssuedAtMs(now)
                .setSubmit(SubmitTask.newBuilder()
                        .setType("poster")
                        .setPriority(5)
                        .setInputParams(ByteString.copyFromUtf8(params))
                        .setCreatedAtMs(now))
                .build();
    }
}
