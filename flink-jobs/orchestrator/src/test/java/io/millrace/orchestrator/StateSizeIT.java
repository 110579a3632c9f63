package io.millrace.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.millrace.orchestrator.ingress.ReceivedRecord;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.topic.Topic;
import io.millrace.schemas.v1.SubmitTask;
import io.millrace.schemas.v1.TaskCommand;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What finished tasks cost in a savepoint: at most 200 bytes each while they are remembered. */
class StateSizeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int MAX_BYTES = 200;

    private final FakeInference inference = new FakeInference();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        inference.close();
    }

    @Test
    void aFinishedTaskIsSmall() throws Exception {
        long few = sizeAfter(10);
        long many = sizeAfter(60);

        assertThat((many - few) / 50.0).as("bytes a finished task").isLessThanOrEqualTo(MAX_BYTES);
    }

    /** Bytes of a savepoint after so many tasks have ended. */
    private long sizeAfter(int tasks) throws Exception {
        Path place = Files.createDirectory(folder.resolve(Integer.toString(tasks)));
        try (TestEnds ends = new TestEnds();
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

    /** A task as the edge sends it: a user id and a trace of usual lengths. */
    private static void submit(TestEnds ends) {
        long now = System.currentTimeMillis();
        TaskCommand command = TaskCommand.newBuilder()
                .setCommandId(UUID.randomUUID().toString())
                .setTaskId(TaskId.at(now).value())
                .setUserId(UUID.randomUUID().toString())
                .setIssuedAtMs(now)
                .setTraceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .setSubmit(SubmitTask.newBuilder()
                        .setType("poster")
                        .setPriority(5)
                        .setInputParams(ByteString.copyFromUtf8("{\"prompt\":\"a poster\"}"))
                        .setCreatedAtMs(now))
                .build();
        ends.shared()
                .append(ReceivedRecord.of(
                        Topic.COMMANDS.topicName(), 0, command.getTaskIdBytes().toByteArray(), command.toByteArray()));
    }
}
