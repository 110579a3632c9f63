package io.millrace.orchestrator.remote;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
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
        return value(typeName, message.toByteString());
    }

    static TypedValue value(String typeName, ByteString written) {
        return TypedValue.newBuilder()
                .setTypename(typeName)
                .setHasValue(true)
                .setValue(written)
                .build();
    }

    /** Reads a message whose byte fields are views of the bytes: it is not to be kept for longer than they are. */
    static <M extends MessageLite> M view(Parser<M> parser, ByteString written) throws InvalidProtocolBufferException {
        CodedInputStream input = written.newCodedInput();
        input.enableAliasing(true);
        return parser.parseFrom(input);
    }
}
