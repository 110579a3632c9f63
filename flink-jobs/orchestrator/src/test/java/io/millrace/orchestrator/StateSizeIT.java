package io.millrace.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.millrace.orchestrator.config.JobSettings;
import io.millrace.orchestrator.config.OrchestratorConfig;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.v1.CancelTask;
import io.millrace.schemas.v1.SubmitTask;
import io.millrace.schemas.v1.TaskCommand;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What finished tasks cost in a savepoint: at most 200 bytes each while they are remembered, deadlines or not. */
class StateSizeIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int MAX_BYTES = 200;
    private static final int MARKS = 2_000;

    @TempDir
    private Path folder;

    @Test
    void aFinishedTaskIsSmall() throws Exception {
        long few = sizeAfter(10);
        long many = sizeAfter(60);

        assertThat((many - few) / 50.0).as("bytes a finished task").isLessThanOrEqualTo(MAX_BYTES);
    }

    /** Marks of cancels that came before their tasks are the quickest way to many tombstones. */
    @Test
    void tasksWhoseTimeIsOverMakeRoomForThoseThatCome() throws Exception {
        long one = sizeAfterMarks(Duration.ofHours(24), 1);
        long bothWaves = sizeAfterMarks(Duration.ofHours(24), MARKS) - one;
        long afterTheSecond = sizeAfterMarks(Duration.ofSeconds(1), MARKS) - one;

        long leftOfTheFirst = afterTheSecond - bothWaves / 2;
        assertThat(leftOfTheFirst).as("bytes of %d", bothWaves / 2).isLessThan(bothWaves / 20);
    }

    /** Bytes of a savepoint after so many marks, twice, the second time when the first have been there for a second. */
    private long sizeAfterMarks(Duration retention, int marks) throws Exception {
        Path place = Files.createDirectories(folder.resolve(retention + "-" + marks));
        try (TestEnds ends = new TestEnds();
                FakeInference inference = new FakeInference();
                RunningJob job = RunningJob.start(ends, place, null, remembering(retention, inference, place))) {
            mark(ends, marks);
            long over = System.currentTimeMillis() + 1_000;
            await().until(() -> System.currentTimeMillis() > over);
            mark(ends, marks);
            return size(Path.of(URI.create(job.stopWithSavepoint())));
        }
    }

    private static OrchestratorConfig remembering(Duration retention, FakeInference inference, Path place) {
        OrchestratorConfig usual = RunningJob.config(inference, place);
        JobSettings job = usual.job();
        return new OrchestratorConfig(
                usual.kafka(),
                usual.inference(),
                usual.checkpoints(),
                new JobSettings(job.name(), job.parallelism(), job.bufferTimeout(), retention),
                usual.definitions());
    }

    private static void mark(TestEnds ends, int marks) {
        int before = ends.shared().live.size();
        for (int i = 0; i < marks; i++) {
            ends.send(command().setCancel(CancelTask.getDefaultInstance()).build());
        }
        await().atMost(PATIENCE).until(() -> ends.shared().live.size() >= before + marks);
    }

    /** Bytes of a savepoint after so many tasks have ended. */
    private long sizeAfter(int tasks) throws Exception {
        Path place = Files.createDirectory(folder.resolve(Integer.toString(tasks)));
        try (TestEnds ends = new TestEnds();
                FakeInference inference = new FakeInference();
                RunningJob job = RunningJob.start(ends, inference, place, null)) {
            for (int i = 0; i < tasks; i++) {
                submit(ends);
            }
            await().atMost(PATIENCE).until(() -> ended(ends) == tasks);
            return size(Path.of(URI.create(job.stopWithSavepoint())));
        }
    }

    private static long ended(TestEnds ends) {
        return ends.events().stream()
                .filter(event -> EventType.ofWireName(event.getType()).terminal())
                .count();
    }

    private static long size(Path savepoint) throws IOException {
        long size = 0;
        try (Stream<Path> files = Files.list(savepoint)) {
            for (Path file : files.toList()) {
                size += Files.size(file);
            }
        }
        return size;
    }

    private static void submit(TestEnds ends) {
        long inAWeek = System.currentTimeMillis() + Duration.ofDays(7).toMillis();
        ends.send(command()
                .setSubmit(SubmitTask.newBuilder()
                        .setType("poster")
                        .setPriority(5)
                        .setInputParams(ByteString.copyFromUtf8("{\"prompt\":\"a poster\"}"))
                        .setStartDeadlineMs(inAWeek)
                        .setEndDeadlineMs(inAWeek)
                        .setCreatedAtMs(System.currentTimeMillis()))
                .build());
    }

    /** A command about a new task as the edge sends it: a user id and a trace of usual lengths. */
    private static TaskCommand.Builder command() {
        long now = System.currentTimeMillis();
        return TaskCommand.newBuilder()
                .setCommandId(UUID.randomUUID().toString())
                .setTaskId(TaskId.at(now).value())
                .setUserId(UUID.randomUUID().toString())
                .setIssuedAtMs(now)
                .setTraceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    }
}
