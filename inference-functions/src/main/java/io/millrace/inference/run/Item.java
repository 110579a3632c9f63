package io.millrace.inference.run;

import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.tick.TickGate;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemAccepted;
import io.millrace.schemas.v1.ItemFailure;
import io.millrace.schemas.v1.ItemReply;
import io.millrace.schemas.v1.ItemResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One item of a batch on its way to its answer; the first answer counts. */
final class Item {
    private final String function;
    private final InferenceItem request;
    private final long expiresAtMillis;
    private final TickGate ticks;
    private final long arrivedNanos = System.nanoTime();
    private final CompletableFuture<ItemReply> reply = new CompletableFuture<>();

    /** @param batchExpiresAtMillis wall clock; 0 never */
    Item(String function, InferenceItem request, long batchExpiresAtMillis, TickGate ticks) {
        this.function = function;
        this.request = request;
        this.expiresAtMillis = Math.min(orNever(batchExpiresAtMillis), orNever(request.getDeadlineMs()));
        this.ticks = ticks;
    }

    private static long orNever(long millis) {
        return millis == 0 ? Long.MAX_VALUE : millis;
    }

    String function() {
        return function;
    }

    InferenceItem request() {
        return request;
    }

    TickGate ticks() {
        return ticks;
    }

    boolean expired(long nowMillis) {
        return nowMillis >= expiresAtMillis;
    }

    /** {@link System#nanoTime()} of its arrival. */
    long arrivedNanos() {
        return arrivedNanos;
    }

    /** Time since the item arrived. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - arrivedNanos);
    }

    CompletableFuture<ItemReply> reply() {
        return reply;
    }

    void succeed(ItemResult result) {
        reply.complete(echo().setResult(result).build());
    }

    /** The answer comes later, by a command. */
    void accept(Duration lease) {
        reply.complete(echo().setAccepted(ItemAccepted.newBuilder().setLeaseMs(lease.toMillis()))
                .build());
    }

    void fail(PhaseFailure failure) {
        fail(failure.code(), String.valueOf(failure.getMessage()));
    }

    void fail(ErrorCode code, String message) {
        reply.complete(echo().setFailure(ItemFailure.newBuilder()
                        .setCode(code.name())
                        .setMessage(message)
                        .setRetryable(code.retryable()))
                .build());
    }

    private ItemReply.Builder echo() {
        return ItemReply.newBuilder()
                .setTaskId(request.getTaskId())
                .setPhase(request.getPhase())
                .setAttempt(request.getAttempt())
                .setRound(request.getRound())
                .setTries(request.getTries())
                .setItem(request.getItem())
                .addAllLines(ticks.lines());
    }
}
