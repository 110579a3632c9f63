package io.millrace.inference.function;

import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.BatchRequest;
import java.util.concurrent.CompletableFuture;

/** What stands behind the endpoint. */
@FunctionalInterface
public interface Batches {
    /**
     * Answers a batch; returns at once.
     *
     * @param function the function that was called, one of those served
     * @return completes normally, with exactly one reply for each item, in their order
     */
    CompletableFuture<BatchReply> run(String function, BatchRequest batch);
}
