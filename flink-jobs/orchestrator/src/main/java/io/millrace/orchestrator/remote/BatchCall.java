package io.millrace.orchestrator.remote;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.schemas.v1.BatchRequest;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.statefun.sdk.reqreply.generated.Address;
import org.apache.flink.statefun.sdk.reqreply.generated.ToFunction;

/** One call as StateFun makes it, with the batches it carries: one, but for what a savepoint may hold. */
record BatchCall(ToFunction message, List<Sent> batches) {
    /** A batch and who waits for its reply. */
    record Sent(Address caller, BatchRequest request) {}

    BatchCall {
        batches = List.copyOf(batches);
    }

    static BatchCall of(ToFunction message) {
        List<Sent> batches = new ArrayList<>();
        for (ToFunction.Invocation invocation : message.getInvocation().getInvocationsList()) {
            try {
                batches.add(new Sent(
                        invocation.getCaller(),
                        RemoteWire.view(
                                BatchRequest.parser(), invocation.getArgument().getValue())));
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("only batchers call remote functions, and only with batches", e);
            }
        }
        return new BatchCall(message, batches);
    }

    /** Wall clock after which nobody waits for the answer, ms since 1970. */
    long expiresAtMillis() {
        return batches.stream()
                .mapToLong(sent -> sent.request().getExpiresAtMs())
                .max()
                .orElse(0);
    }
}
