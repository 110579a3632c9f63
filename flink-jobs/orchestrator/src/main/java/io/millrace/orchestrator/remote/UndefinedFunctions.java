package io.millrace.orchestrator.remote;

import java.util.concurrent.CompletableFuture;
import org.apache.flink.statefun.flink.core.metrics.RemoteInvocationMetrics;
import org.apache.flink.statefun.flink.core.reqreply.RequestReplyClient;
import org.apache.flink.statefun.flink.core.reqreply.RequestReplyFunction;
import org.apache.flink.statefun.flink.core.reqreply.ToFunctionRequestSummary;
import org.apache.flink.statefun.flink.datastream.SerializableStatefulFunctionProvider;
import org.apache.flink.statefun.sdk.FunctionType;
import org.apache.flink.statefun.sdk.StatefulFunction;
import org.apache.flink.statefun.sdk.reqreply.generated.FromFunction;
import org.apache.flink.statefun.sdk.reqreply.generated.ToFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in for remote functions that no definition names any more, but to which a savepoint may hold calls: a function without a
 * provider would keep the whole job from starting. Every batch is answered at once, so that its slot comes free.
 */
public final class UndefinedFunctions implements SerializableStatefulFunctionProvider {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(UndefinedFunctions.class);

    @Override
    public StatefulFunction functionOfType(FunctionType type) {
        CallFailure failure = CallFailure.undefined(type.name());
        LOG.error("event=function_undefined function={} error=\"{}\"", type.name(), failure.message());
        return new RequestReplyFunction(type, RemoteProvider.MAX_QUEUED, new Unavailable(failure));
    }

    private static final class Unavailable implements RequestReplyClient {
        private final CallFailure failure;
        private boolean first = true;

        Unavailable(CallFailure failure) {
            this.failure = failure;
        }

        @Override
        public CompletableFuture<FromFunction> call(
                ToFunctionRequestSummary summary, RemoteInvocationMetrics metrics, ToFunction message) {
            if (first) {
                first = false;
                return CompletableFuture.completedFuture(OneAttemptClient.AGAIN);
            }
            return CompletableFuture.completedFuture(ReplyReader.failed(BatchCall.of(message), failure));
        }
    }
}
