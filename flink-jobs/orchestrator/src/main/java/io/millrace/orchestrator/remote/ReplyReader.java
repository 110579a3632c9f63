package io.millrace.orchestrator.remote;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.engine.task.ReplyCheck;
import io.millrace.engine.task.TaskLimits;
import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.BatchRequest;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemReply;
import java.util.function.Function;
import org.apache.flink.statefun.sdk.reqreply.generated.FromFunction;
import org.apache.flink.statefun.sdk.reqreply.generated.TypedValue;

/**
 * Makes of every outcome of a call exactly one reply for each batch that was sent, about the items that were asked about, in
 * which each {@linkplain ReplyCheck keeps the contract}. An endpoint can therefore neither leave a slot busy for ever, nor send
 * messages, state or egress records of its own into the job, nor outputs that no event can carry. Runs on the thread of the connections.
 */
final class ReplyReader {
    private static final ReplyCheck CHECK = new ReplyCheck(TaskLimits.defaults());

    private ReplyReader() {}

    static FromFunction read(BatchCall call, HttpOutcome outcome) {
        if (!(outcome instanceof HttpOutcome.Answered answer) || answer.status() != 200) {
            return failed(call, CallFailure.of(outcome));
        }
        try {
            FromFunction.InvocationResponse response =
                    FromFunction.parseFrom(answer.body()).getInvocationResult();
            return replies(call, sent -> reply(response, sent));
        } catch (InvalidProtocolBufferException e) {
            return failed(call, CallFailure.badBody("with a body that is not of StateFun"));
        }
    }

    static FromFunction failed(BatchCall call, CallFailure failure) {
        return replies(call, sent -> written(failure, sent));
    }

    private static TypedValue written(CallFailure failure, BatchCall.Sent sent) {
        return RemoteWire.value(RemoteWire.BATCH_REPLY, failure.reply(sent.request()));
    }

    private static FromFunction replies(BatchCall call, Function<BatchCall.Sent, TypedValue> replyTo) {
        FromFunction.InvocationResponse.Builder response = FromFunction.InvocationResponse.newBuilder();
        for (BatchCall.Sent sent : call.batches()) {
            response.addOutgoingMessages(FromFunction.Invocation.newBuilder()
                    .setTarget(sent.caller())
                    .setArgument(replyTo.apply(sent)));
        }
        return FromFunction.newBuilder().setInvocationResult(response).build();
    }

    private static TypedValue reply(FromFunction.InvocationResponse response, BatchCall.Sent sent) {
        BatchRequest request = sent.request();
        for (FromFunction.Invocation message : response.getOutgoingMessagesList()) {
            TypedValue value = message.getArgument();
            if (!message.getTarget().equals(sent.caller())
                    || !value.getTypename().equals(RemoteWire.BATCH_REPLY)) {
                continue;
            }
            try {
                BatchReply reply = RemoteWire.view(BatchReply.parser(), value.getValue());
                if (reply.getBatchId().equals(request.getBatchId())) {
                    BatchReply checked = checked(reply, request);
                    return checked == reply
                            ? RemoteWire.value(RemoteWire.BATCH_REPLY, value.getValue())
                            : RemoteWire.value(RemoteWire.BATCH_REPLY, checked);
                }
            } catch (InvalidProtocolBufferException e) {
                return written(CallFailure.badBody("with a batch that cannot be read"), sent);
            }
        }
        return written(CallFailure.badBody("without the batch"), sent);
    }

    /** The reply itself where nothing has to be put right, nearly always. */
    private static BatchReply checked(BatchReply reply, BatchRequest request) {
        int expected = request.getItemsCount();
        if (reply.getItemsCount() != expected) {
            return CallFailure.badBody(reply.getItemsCount() + " of " + expected + " items")
                    .reply(request);
        }
        BatchReply.Builder checked = null;
        for (int i = 0; i < expected; i++) {
            InferenceItem asked = request.getItems(i);
            ItemReply given = reply.getItems(i);
            boolean other = given.getItem() != 0 && given.getItem() != asked.getItem();
            if (other || !given.getTaskId().equals(asked.getTaskId())) {
                return CallFailure.badBody("with items out of order").reply(request);
            }
            ItemReply kept = CHECK.checked(request.getFunction(), given);
            if (kept != given || !echoes(given, asked)) {
                checked = checked == null ? reply.toBuilder() : checked;
                checked.setItems(i, echo(kept, asked));
            }
        }
        if (checked == null && reply.getSlot() == request.getSlot()) {
            return reply;
        }
        return (checked == null ? reply.toBuilder() : checked)
                .setSlot(request.getSlot())
                .build();
    }

    private static boolean echoes(ItemReply given, InferenceItem asked) {
        return given.getAttempt() == asked.getAttempt()
                && given.getRound() == asked.getRound()
                && given.getTries() == asked.getTries()
                && given.getItem() == asked.getItem()
                && given.getPhase().equals(asked.getPhase());
    }

    /** What is only repeated is taken from the request: a function that forgets it does no harm. */
    private static ItemReply echo(ItemReply given, InferenceItem asked) {
        return given.toBuilder()
                .setPhase(asked.getPhase())
                .setAttempt(asked.getAttempt())
                .setRound(asked.getRound())
                .setTries(asked.getTries())
                .setItem(asked.getItem())
                .build();
    }
}
