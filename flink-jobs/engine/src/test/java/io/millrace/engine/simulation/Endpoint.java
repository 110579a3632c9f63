package io.millrace.engine.simulation;

import com.google.protobuf.ByteString;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.BatchFailure;
import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.BatchRequest;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemAccepted;
import io.millrace.schemas.v1.ItemFailure;
import io.millrace.schemas.v1.ItemReply;
import io.millrace.schemas.v1.ItemResult;
import java.util.SplittableRandom;

/** Remote functions and the client before them: mostly well, sometimes slow, failing or out of reach, always answering once. */
final class Endpoint {
    private static final String[] BACK_TO = {"generating_layout", "rendering_text", "", "nowhere"};

    private final SplittableRandom random;

    Endpoint(SplittableRandom random) {
        this.random = random;
    }

    /** Never later than the client waits: one second past the end of the batch. */
    long delay(BatchRequest request, long now) {
        long most = Math.max(1, request.getExpiresAtMs() + 1_000 - now);
        long wanted = random.nextInt(20) == 0 ? most : random.nextInt(2_000);
        return Math.min(most, wanted);
    }

    BatchReply answer(BatchRequest request, long now) {
        BatchReply.Builder reply =
                BatchReply.newBuilder().setBatchId(request.getBatchId()).setSlot(request.getSlot());
        int luck = random.nextInt(100);
        boolean tooLate = now >= request.getExpiresAtMs() + 1_000;
        if (tooLate || luck < 5) {
            return whole(request, reply, ErrorCode.UNAVAILABLE, false);
        }
        if (luck < 8) {
            return whole(request, reply, ErrorCode.MODEL_ERROR, true);
        }
        for (InferenceItem item : request.getItemsList()) {
            reply.addItems(item(item, now));
        }
        return reply.build();
    }

    private ItemReply item(InferenceItem item, long now) {
        int luck = random.nextInt(100);
        ItemReply.Builder reply = reply(item);
        if (item.getDeadlineMs() < now) {
            return reply.setFailure(failure(ErrorCode.EXPIRED, true)).build();
        }
        if (luck < 1) {
            return reply.setFailure(failure(ErrorCode.BAD_INPUT, false)).build();
        }
        if (luck < 6) {
            return reply.setFailure(failure(ErrorCode.MODEL_ERROR, true)).build();
        }
        if (item.getPhase().equals("training") && luck < 70) {
            return reply.setAccepted(ItemAccepted.newBuilder().setLeaseMs(random.nextInt(90_000)))
                    .build();
        }
        ItemResult.Builder result = ItemResult.newBuilder()
                .setOutput(output(item.getTaskId(), item.getPhase(), item.getRound(), item.getItem()))
                .setComputeMs(1);
        if (item.getPhase().equals("assessing_quality")) {
            result.putFacts("passed", Boolean.toString(random.nextInt(3) > 0));
        }
        if (item.getPhase().equals("refining")) {
            result.putFacts("back_to", BACK_TO[random.nextInt(BACK_TO.length)]);
        }
        return reply.setResult(result).build();
    }

    /** Says whose it is. */
    static ByteString output(String taskId, String phase, int round, int item) {
        StringBuilder output = new StringBuilder(160);
        output.append("{\"of\":\"")
                .append(Invariants.of(taskId, phase, round, item))
                .append('"');
        if (phase.equals("outlining")) {
            output.append(",\"chapters\":[");
            int chapters = Math.floorMod(taskId.hashCode(), 6);
            for (int i = 0; i < chapters; i++) {
                output.append(i == 0 ? "" : ",").append(i);
            }
            output.append(']');
        }
        return ByteString.copyFromUtf8(output.append('}').toString());
    }

    private static BatchReply whole(BatchRequest request, BatchReply.Builder reply, ErrorCode code, boolean blame) {
        reply.setFailure(BatchFailure.newBuilder().setCode(code.name()).setRetryable(true));
        for (InferenceItem item : request.getItemsList()) {
            reply.addItems(
                    reply(item).setFailure(failure(code, true).toBuilder().setWholeBatch(blame)));
        }
        return reply.build();
    }

    private static ItemReply.Builder reply(InferenceItem item) {
        return ItemReply.newBuilder()
                .setTaskId(item.getTaskId())
                .setPhase(item.getPhase())
                .setAttempt(item.getAttempt())
                .setRound(item.getRound())
                .setTries(item.getTries())
                .setItem(item.getItem());
    }

    private static ItemFailure failure(ErrorCode code, boolean retryable) {
        return ItemFailure.newBuilder()
                .setCode(code.name())
                .setRetryable(retryable)
                .setMessage("as the dice fell")
                .build();
    }
}
