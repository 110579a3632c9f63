package io.millrace.orchestrator.remote;

import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.BatchFailure;
import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.BatchRequest;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemFailure;
import io.millrace.schemas.v1.ItemReply;

/**
 * Why a call as a whole brought no answers. All are worth another try: the item that cannot be computed is told by the endpoint.
 *
 * @param wholeBatch whether one of the items may be to blame
 */
record CallFailure(ErrorCode code, String message, boolean wholeBatch) {
    static final CallFailure EXPIRED =
            new CallFailure(ErrorCode.EXPIRED, "the batch expired before it was sent", false);

    static CallFailure badBody(String what) {
        return new CallFailure(ErrorCode.MODEL_ERROR, "the inference endpoint answered " + what, true);
    }

    static CallFailure undefined(String function) {
        return unavailable("function " + function + " is not among the definitions: add it back");
    }

    static CallFailure of(HttpOutcome outcome) {
        if (outcome instanceof HttpOutcome.Answered answered) {
            return ofStatus(answered.status());
        }
        if (outcome instanceof HttpOutcome.NotReached notReached) {
            return unavailable("the inference endpoint cannot be reached: " + notReached.cause());
        }
        if (outcome instanceof HttpOutcome.Dropped dropped) {
            return new CallFailure(
                    ErrorCode.UNAVAILABLE, "the inference endpoint broke the connection: " + dropped.cause(), true);
        }
        if (outcome instanceof HttpOutcome.Silent) {
            return unavailable("the inference endpoint hangs: it does not even answer about its health");
        }
        return new CallFailure(ErrorCode.TIMEOUT, "the inference endpoint did not answer in time", true);
    }

    private static CallFailure ofStatus(int status) {
        return switch (status) {
            case 401, 403 ->
                unavailable(
                        "the inference endpoint refuses the credential (HTTP " + status
                                + "): MILLRACE_INFERENCE_TOKEN, or MILLRACE_INFERENCE_TOKEN_NAME of a function with an address of its own, must be the same on both sides");
            case 404 ->
                unavailable(
                        "there is no inference endpoint at this address (HTTP 404): check MILLRACE_INFERENCE_URL, or the url of the function in functions.yaml");
            case 429 -> new CallFailure(ErrorCode.BUSY, "the inference endpoint is full (HTTP 429)", false);
            case 502, 503, 504 -> unavailable("the inference endpoint is not ready (HTTP " + status + ")");
            default -> badBody("HTTP " + status);
        };
    }

    private static CallFailure unavailable(String message) {
        return new CallFailure(ErrorCode.UNAVAILABLE, message, false);
    }

    /** The reply in place of the endpoint's, with one failure for each item. */
    BatchReply reply(BatchRequest request) {
        BatchReply.Builder reply = BatchReply.newBuilder()
                .setBatchId(request.getBatchId())
                .setSlot(request.getSlot())
                .setFailure(BatchFailure.newBuilder()
                        .setCode(code.name())
                        .setMessage(message)
                        .setRetryable(true));
        for (InferenceItem item : request.getItemsList()) {
            reply.addItems(ItemReply.newBuilder()
                    .setTaskId(item.getTaskId())
                    .setPhase(item.getPhase())
                    .setAttempt(item.getAttempt())
                    .setRound(item.getRound())
                    .setTries(item.getTries())
                    .setItem(item.getItem())
                    .setFailure(ItemFailure.newBuilder()
                            .setCode(code.name())
                            .setMessage(message)
                            .setRetryable(true)
                            .setWholeBatch(wholeBatch)));
        }
        return reply.build();
    }
}
