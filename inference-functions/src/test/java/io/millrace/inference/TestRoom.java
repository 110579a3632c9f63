package io.millrace.inference;

import com.google.protobuf.ByteString;
import io.millrace.inference.cancel.Cancellations;
import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.measure.Measures;
import io.millrace.inference.tick.ProgressSink;
import io.millrace.schemas.config.KafkaAccess;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;

/** A room on a free port, ready when the constructor returns. Two of them on one folder stand for two processes. */
final class TestRoom implements AutoCloseable {
    final Cancellations cancellations = new Cancellations(100);
    final Queue<Progress> progress = new ConcurrentLinkedQueue<>();
    final RecordedCommands commands = new RecordedCommands();
    final Caller caller;
    final InferenceRoom room;

    TestRoom(Path folder, TestFunction... functions) throws IOException {
        this(
                folder,
                2,
                100,
                List.of(functions).stream().map(TestFunction::factory).toList());
        Awaitility.await().until(() -> caller.get("/health").statusCode() == 200);
    }

    TestRoom(Path folder, int workers, int capacity, List<FunctionFactory> factories) throws IOException {
        InferenceConfig config = new InferenceConfig(
                "127.0.0.1",
                0,
                Caller.TOKEN,
                new KafkaAccess("127.0.0.1:1", Map.of()),
                folder.resolve("artifacts").toString(),
                folder.resolve("artifacts/results"),
                folder.resolve("models"),
                "cpu",
                workers,
                capacity,
                2);
        room = new InferenceRoom(config, factories, cancellations, new Recorder(), commands, new Measures());
        caller = new Caller(room.port());
    }

    static InferenceItem.Builder item(String taskId, String json) {
        return InferenceItem.newBuilder()
                .setTaskId(taskId)
                .setUserId("user-1")
                .setPhase("a_phase")
                .setAttempt(1)
                .setStep(4)
                .setRound(2)
                .setTries(3)
                .setInput(ByteString.copyFrom(json, StandardCharsets.UTF_8));
    }

    static InferenceItem saying(String taskId, String text) {
        return item(taskId, "{\"params\": {\"say\": \"" + text + "\"}}").build();
    }

    @Override
    public void close() {
        room.close();
    }

    private final class Recorder implements ProgressSink {
        @Override
        public void send(Progress record) {
            progress.add(record);
        }

        @Override
        public void close() {}
    }
}
