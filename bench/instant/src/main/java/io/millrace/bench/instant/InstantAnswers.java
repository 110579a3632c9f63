package io.millrace.bench.instant;

import com.google.protobuf.ByteString;
import io.millrace.inference.function.Batches;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.BatchRequest;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemFailure;
import io.millrace.schemas.v1.ItemReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Answers batches with stored results. */
final class InstantAnswers implements Batches {
    private static final String FAIL = "[fail]";

    private final Map<String, StoredResult> stored = new HashMap<>();
    private final Duration delay;
    private final IntConsumer answered;

    /**
     * @param picture 64 hex digits of a blob that is in the artifact store
     * @param answered told how many items each answer holds
     */
    InstantAnswers(Collection<String> functions, String picture, Duration delay, IntConsumer answered)
            throws IOException {
        for (String function : functions) {
            stored.put(function, StoredResult.of(function, picture));
        }
        this.delay = delay;
        this.answered = answered;
    }

    @Override
    public CompletableFuture<BatchReply> run(String function, BatchRequest batch) {
        BatchReply reply = answer(function, batch);
        answered.accept(reply.getItemsCount());
        if (delay.isZero()) {
            return CompletableFuture.completedFuture(reply);
        }
        Executor later = CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS);
        return CompletableFuture.supplyAsync(() -> reply, later);
    }

    private BatchReply answer(String function, BatchRequest batch) {
        StoredResult result = stored.get(function);
        BatchReply.Builder reply =
                BatchReply.newBuilder().setBatchId(batch.getBatchId()).setSlot(batch.getSlot());
        for (InferenceItem item : batch.getItemsList()) {
            ItemReply.Builder echo = reply.addItemsBuilder()
                    .setTaskId(item.getTaskId())
                    .setPhase(item.getPhase())
                    .setAttempt(item.getAttempt())
                    .setRound(item.getRound())
                    .setTries(item.getTries())
                    .setItem(item.getItem());
            if (result == null || contains(item.getInput(), FAIL)) {
                echo.setFailure(ItemFailure.newBuilder()
                        .setCode(ErrorCode.MODEL_ERROR.name())
                        .setMessage("the input asks for a failure"));
            } else {
                echo.setResult(result.answer(item.getTaskId()));
            }
        }
        return reply.build();
    }

    private static boolean contains(ByteString bytes, String what) {
        return bytes.toString(StandardCharsets.ISO_8859_1).contains(what);
    }
}
