package io.millrace.inference.serve;

import io.millrace.inference.function.Batches;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.statefun.sdk.java.Address;
import org.apache.flink.statefun.sdk.java.Context;
import org.apache.flink.statefun.sdk.java.StatefulFunction;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.apache.flink.statefun.sdk.java.TypeName;
import org.apache.flink.statefun.sdk.java.message.Message;
import org.apache.flink.statefun.sdk.java.message.MessageBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code inference/NAME}: takes a batch, answers its caller with one reply. Keeps no state. */
final class BatchFn implements StatefulFunction {
    private static final Logger LOG = LoggerFactory.getLogger(BatchFn.class);

    private final String name;
    private final Batches batches;

    private BatchFn(String name, Batches batches) {
        this.name = name;
        this.batches = batches;
    }

    static StatefulFunctionSpec spec(String name, Batches batches) {
        BatchFn function = new BatchFn(name, batches);
        return StatefulFunctionSpec.builder(TypeName.typeNameOf(Wire.NAMESPACE, name))
                .withSupplier(() -> function)
                .build();
    }

    @Override
    public CompletableFuture<Void> apply(Context context, Message message) {
        if (!message.is(Wire.BATCH_REQUEST)) {
            throw new IllegalArgumentException("a message to inference/" + name + " must be a "
                    + Wire.BATCH_REQUEST.typeName().asTypeNameString());
        }
        Address caller = context.caller().orElse(null);
        if (caller == null) {
            LOG.warn("event=batch-without-caller function={}", name);
            return context.done();
        }
        return batches.run(name, message.as(Wire.BATCH_REQUEST))
                .thenAccept(reply -> context.send(MessageBuilder.forAddress(caller)
                        .withCustomType(Wire.BATCH_REPLY, reply)
                        .build()));
    }
}
