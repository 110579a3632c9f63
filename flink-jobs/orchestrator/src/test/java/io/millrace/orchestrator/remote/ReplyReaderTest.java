package io.millrace.orchestrator.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.BatchRequest;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemReply;
import io.millrace.schemas.v1.ItemResult;
import java.util.List;
import org.apache.flink.statefun.sdk.reqreply.generated.Address;
import org.apache.flink.statefun.sdk.reqreply.generated.FromFunction;
import org.apache.flink.statefun.sdk.reqreply.generated.ToFunction;
import org.junit.jupiter.api.Test;

class ReplyReaderTest {
    private static final Address BATCHER = Address.newBuilder()
            .setNamespace("millrace")
            .setType("batch")
            .setId("b:word_count/0")
            .build();

    @Test
    void anAnswerThatBreaksTheContractFailsItsItemAndNoOther() throws Exception {
        BatchReply reply = read(result("ok"), result("{\"words\":6}"));

        ItemReply broken = reply.getItems(0);
        assertThat(broken.getFailure().getCode()).isEqualTo(ErrorCode.MODEL_ERROR.name());
        assertThat(broken.getFailure().getRetryable()).isFalse();
        assertThat(broken.getFailure().getMessage()).contains("function word_count");
        assertThat(broken.getTries()).isEqualTo(4);
        assertThat(reply.getItems(1).getResult().getOutput().toStringUtf8()).isEqualTo("{\"words\":6}");
        assertThat(reply.hasFailure()).isFalse();
    }

    private static BatchReply read(ItemResult... results) throws Exception {
        BatchRequest.Builder request = BatchRequest.newBuilder()
                .setBatchId("w-7")
                .setFunction("word_count")
                .setSlot(1);
        BatchReply.Builder reply = BatchReply.newBuilder().setBatchId("w-7").setSlot(1);
        for (int i = 0; i < results.length; i++) {
            String task = "task-" + i;
            request.addItems(InferenceItem.newBuilder().setTaskId(task).setTries(4));
            reply.addItems(ItemReply.newBuilder().setTaskId(task).setTries(4).setResult(results[i]));
        }
        BatchCall call =
                new BatchCall(ToFunction.getDefaultInstance(), List.of(new BatchCall.Sent(BATCHER, request.build())));
        FromFunction answer = FromFunction.newBuilder()
                .setInvocationResult(FromFunction.InvocationResponse.newBuilder()
                        .addOutgoingMessages(FromFunction.Invocation.newBuilder()
                                .setTarget(BATCHER)
                                .setArgument(RemoteWire.value(RemoteWire.BATCH_REPLY, reply.build()))))
                .build();
        FromFunction read = ReplyReader.read(call, new HttpOutcome.Answered(200, answer.toByteArray()));
        return BatchReply.parseFrom(
                read.getInvocationResult().getOutgoingMessages(0).getArgument().getValue());
    }

    private static ItemResult result(String output) {
        return ItemResult.newBuilder()
                .setOutput(ByteString.copyFromUtf8(output))
                .build();
    }
}
