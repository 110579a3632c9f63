package io.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.engine.Effect;
import io.millrace.engine.json.JsonBytes;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.topic.Topic;
import io.millrace.schemas.v1.EventRecord;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemFailure;
import io.millrace.schemas.v1.ItemOutcome;
import io.millrace.schemas.v1.ItemReply;
import io.millrace.schemas.v1.ItemResult;
import io.millrace.schemas.v1.LogLine;
import io.millrace.schemas.v1.PhaseResult;
import io.millrace.schemas.v1.TaskError;
import io.millrace.schemas.v1.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With every field at its bound a record is still one that Kafka takes: one that it refuses restarts the job, again and again. */
class LargestRecordTest {
    /** What a producer sends, less the key and the headers. */
    private static final int ROOM = Topic.MAX_REQUEST_BYTES - 8 * 1024;
    /** A command has 2 MiB at most. */
    private static final int PARAMS = (2 << 20) - 1024;
    /** Six bytes of JSON each. */
    private static final String DEAREST = "\u0001";

    private final TaskLife task = new TaskLife();

    @Test
    void aTaskThatCompletesFits() {
        submit();

        for (List<InferenceItem> items = task.items(); !items.isEmpty(); items = task.items()) {
            items.forEach(this::succeed);
        }

        assertThat(task.status()).isEqualTo("completed");
        assertThat(largestEvent()).isBetween(PARAMS + TaskLife.LIMITS.maxOutputBytes(), ROOM);
    }

    @Test
    void aTaskThatFailsFits() {
        submit();
        while (!task.items().get(0).getPhase().equals("finalizing")) {
            task.items().forEach(this::succeed);
        }

        task.send(reply(task.items().get(0))
                .setFailure(ItemFailure.newBuilder()
                        .setCode(ErrorCode.MODEL_ERROR.name())
                        .setMessage(DEAREST.repeat(500))
                        .setDetails(json(32 << 10))));

        assertThat(task.status()).isEqualTo("failed");
        assertThat(largestEvent()).isBetween(PARAMS, ROOM);
    }

    @Test
    void aThousandItemsThatFailedFit() {
        PhaseResult.Builder phase = PhaseResult.newBuilder().setPhase("writing");
        for (int i = 0; i < 1000; i++) {
            phase.addItems(ItemOutcome.newBuilder()
                    .setIndex(i)
                    .setError(TaskError.newBuilder()
                            .setCode(ErrorCode.MODEL_ERROR.name())
                            .setMessage(DEAREST.repeat(500))));
        }
        TaskState.Builder state = TaskState.newBuilder().addResults(phase);

        int size = FullReport.add(new JsonBytes(1024), state, ByteString.EMPTY)
                .build()
                .size();

        assertThat(size).isBetween(100 * 500 * 6, ROOM / 8);
    }

    private void submit() {
        task.submit("poster", json(PARAMS).toStringUtf8());
        fits();
        task.grant();
        fits();
    }

    private void succeed(InferenceItem item) {
        ItemResult.Builder result = ItemResult.newBuilder().setOutput(json(TaskLife.LIMITS.maxOutputBytes()));
        for (int i = 0; i < 32; i++) {
            String name = "fact" + i;
            result.putFacts(name + DEAREST.repeat(64 - name.length()), DEAREST.repeat(200));
        }
        task.send(reply(item).setResult(result));
        fits();
    }

    private static ItemReply.Builder reply(InferenceItem item) {
        ItemReply.Builder reply = TaskLife.reply(item);
        for (int i = 0; i < 50; i++) {
            reply.addLines(LogLine.newBuilder().setLevel("info").setMessage(DEAREST.repeat(300)));
        }
        return reply;
    }

    private void fits() {
        assertThat(task.all(Effect.Tell.class)).allMatch(tell -> tell.progress().getSerializedSize() < ROOM);
    }

    private int largestEvent() {
        return task.events.stream()
                .map(EventRecord::getData)
                .mapToInt(ByteString::size)
                .max()
                .orElseThrow();
    }

    /** An object of so many bytes. */
    private static ByteString json(int bytes) {
        return ByteString.copyFromUtf8("{\"a\":\"" + "x".repeat(bytes - 8) + "\"}");
    }
}
