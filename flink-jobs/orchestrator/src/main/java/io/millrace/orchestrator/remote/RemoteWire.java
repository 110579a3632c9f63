package io.millrace.orchestrator.remote;

import com.google.protobuf.MessageLite;
import org.apache.flink.statefun.sdk.FunctionType;
import org.apache.flink.statefun.sdk.reqreply.generated.TypedValue;

/** How batches travel to the inference endpoint and back: names that both sides agree on. */
public final class RemoteWire {
    /** Namespace of the remote functions; the name is the function's name in the workflow. */
    public static final String NAMESPACE = "inference";

    public static final String BATCH_REQUEST = "millrace/BatchRequest";
    public static final String BATCH_REPLY = "millrace/BatchReply";

    private RemoteWire() {}

    public static FunctionType function(String name) {
        return new FunctionType(NAMESPACE, name);
    }

    public static TypedValue value(String typeName, MessageLite message) {
        return TypedValue.newBuilder()
                .setTypename(typeName)
                .setHasValue(true)
                .setValue(message.toByteString())
                .build();
    }
}
