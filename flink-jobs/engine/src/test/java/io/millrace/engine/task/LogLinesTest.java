package io.millrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.EventRecord;
import io.millrace.schemas.v1.FinishPhase;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemFailure;
import io.millrace.schemas.v1.ItemReply;
import io.millrace.schemas.v1.ItemResult;
import io.millrace.schemas.v1.LogLine;
import io.millrace.schemas.v1.TaskCommand;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What functions log is in the events, each line once. */
class LogLinesTest {
    private final TaskLife task = new TaskLife();

    @Test
    void linesOfAnAnswerGoWithTheNextEventAndNoOther() throws Exception {
        InferenceItem item = task.running("course", "outlining");

        task.send(succeeding(item).addLines(line("info", "seven chapters", 5)));

        JsonNode line = lines(task.lastEvent()).path(0);
        assertThat(line.path("level").asText()).isEqualTo("info");
        assertThat(line.path("message").asText()).isEqualTo("seven chapters");
        assertThat(line.path("time").asLong()).isEqualTo(5);
        assertThat(Objects.requireNonNull(task.memory).getActive().getLinesCount())
                .isZero();
        task.items().forEach(task::succeed);
        assertThat(lines(task.lastEvent()).isMissingNode()).isTrue();
    }

    @Test
    void linesOfATryThatFailedComeWithTheEndOfTheNextOne() throws Exception {
        InferenceItem item = task.running("course", "outlining");
        task.send(TaskLife.reply(item)
                .addLines(line("warn", "the feed is slow", 1))
                .setFailure(ItemFailure.newBuilder()
                        .setCode(ErrorCode.TIMEOUT.name())
                        .setRetryable(true)
                        .setMessage("too slow")));
        task.ring(PhaseTries.RETRY);

        task.send(succeeding(task.items().get(0)).addLines(line("info", "done", 2)));

        assertThat(lines(task.lastEvent()).findValuesAsText("message")).containsExactly("the feed is slow", "done");
    }

    @Test
    void theLastFiftyAreKeptAndWhatStrangersSendIsMadeToFit() throws Exception {
        InferenceItem item = task.running("course", "outlining");
        List<LogLine> many = IntStream.range(0, 60)
                .mapToObj(i -> line("shouting", i + " " + "y".repeat(400), i))
                .toList();

        task.send(succeeding(item).addAllLines(many));

        JsonNode lines = lines(task.lastEvent());
        assertThat(lines).hasSize(50);
        assertThat(lines.path(0).path("message").asText()).startsWith("10 ").hasSize(300);
        assertThat(lines.path(0).path("level").asText()).isEqualTo("info");
    }

    @Test
    void aFunctionThatHadAcceptedSendsItsLinesWithTheEnd() throws Exception {
        task.accept(task.running("train", "training"));

        task.command(TaskCommand.newBuilder()
                .setFinish(FinishPhase.newBuilder()
                        .setOutput(ByteString.copyFromUtf8("{}"))
                        .addLines(line("info", "epoch 3", 3))));

        assertThat(lines(task.lastEvent()).path(0).path("message").asText()).isEqualTo("epoch 3");
    }

    private static ItemReply.Builder succeeding(InferenceItem item) {
        return TaskLife.reply(item)
                .setResult(ItemResult.newBuilder().setOutput(ByteString.copyFromUtf8(TaskLife.CHAPTERS)));
    }

    private static LogLine line(String level, String message, long time) {
        return LogLine.newBuilder()
                .setLevel(level)
                .setMessage(message)
                .setTimeMs(time)
                .build();
    }

    private static JsonNode lines(EventRecord event) throws Exception {
        return new ObjectMapper().readTree(event.getData().toByteArray()).path("lines");
    }
}
