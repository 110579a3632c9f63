package io.millrace.inference.serve;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.BatchRequest;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.slice.Slice;
import org.apache.flink.statefun.sdk.java.slice.Slices;
import org.apache.flink.statefun.sdk.java.types.SimpleType;
import org.apache.flink.statefun.sdk.java.types.Type;

/** Names and encodings of what travels between the orchestrator and a remote function. */
final class Wire {
    static final String NAMESPACE = "inference";
    static final Type<BatchRequest> BATCH_REQUEST = protobuf("millrace/BatchRequest", BatchRequest.parser());
    static final Type<BatchReply> BATCH_REPLY = protobuf("millrace/BatchReply", BatchReply.parser());

    private Wire() {}

    private static <T extends MessageLite> Type<T> protobuf(String typeName, Parser<T> parser) {
        return SimpleType.simpleImmutableTypeFrom(
                TypeName.typeNameFromString(typeName),
                MessageLite::toByteArray,
                bytes -> parse(typeName, parser, bytes));
    }

    private static <T> T parse(String typeName, Parser<T> parser, byte[] bytes) {
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("the message is no " + typeName + ": " + e.getMessage(), e);
        }
    }

    static Slice slice(byte[] bytes) {
        return Slices.wrap(bytes);
    }
}
