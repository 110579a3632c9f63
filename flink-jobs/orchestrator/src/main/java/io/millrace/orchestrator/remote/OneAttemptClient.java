package io.millrace.orchestrator.remote;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.apache.flink.statefun.flink.core.metrics.RemoteInvocationMetrics;
import org.apache.flink.statefun.flink.core.reqreply.RequestReplyClient;
import org.apache.flink.statefun.flink.core.reqreply.ToFunctionRequestSummary;
import org.apache.flink.statefun.sdk.reqreply.generated.FromFunction;
import org.apache.flink.statefun.sdk.reqreply.generated.ToFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the endpoint once, until a second after the batch expires. Its futures never fail, because StateFun restarts the job on
 * a failed one; retries belong to tasks and batchers, which know what an item is worth.
 */
final class OneAttemptClient implements RequestReplyClient {
    /**
     * What the very first call of a function is answered: StateFun waits for that one on the task thread. Answered like this it sends
     * the same call again, and does not wait.
     */
    static final FromFunction AGAIN = FromFunction.newBuilder()
            .setIncompleteInvocationContext(FromFunction.IncompleteInvocationContext.getDefaultInstance())
            .build();

    /** Lets the endpoint's own answer about an expired batch arrive. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(OneAttemptClient.class);

    private final HttpEndpoint endpoint;
    private final LongSupplier clockMillis;
    private boolean first = true;

    OneAttemptClient(HttpEndpoint endpoint, LongSupplier clockMillis) {
        this.endpoint = endpoint;
        this.clockMillis = clockMillis;
    }

    @Override
    public CompletableFuture<FromFunction> call(
            ToFunctionRequestSummary summary, RemoteInvocationMetrics metrics, ToFunction message) {
        if (first) {
            first = false;
            return CompletableFuture.completedFuture(AGAIN);
        }
        BatchCall call = BatchCall.of(message);
        long begunMillis = clockMillis.getAsLong();
        long waitMillis = call.expiresAtMillis() - begunMillis + GRACE.toMillis();
        if (waitMillis <= 0) {
            return CompletableFuture.completedFuture(ReplyReader.failed(call, CallFailure.EXPIRED));
        }
        return endpoint.post(message, Duration.ofMillis(waitMillis)).thenApply(outcome -> {
            metrics.remoteInvocationLatency(clockMillis.getAsLong() - begunMillis);
            if (!(outcome instanceof HttpOutcome.Answered answered) || answered.status() != 200) {
                metrics.remoteInvocationFailures();
                LOG.warn(
                        "event=remote_call_failed function={} error=\"{}\"",
                        message.getInvocation().getTarget().getType(),
                        CallFailure.of(outcome).message());
            }
            return ReplyReader.read(call, outcome);
        });
    }
}
