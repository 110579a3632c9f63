package io.millrace.inference.accept;

import com.google.protobuf.ByteString;
import io.millrace.inference.accept.LongRuns.Order;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.store.Lease;
import io.millrace.inference.store.RunArtifacts;
import io.millrace.inference.tick.TickGate;
import io.millrace.schemas.artifact.ArtifactStore;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.FinishPhase;
import io.millrace.schemas.v1.InferenceItem;
import io.millrace.schemas.v1.ItemResult;
import io.millrace.schemas.v1.ReportProgress;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.v1.TaskFault;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One accepted item: the surroundings of its computation, and the commands that tell of it. */
final class LongRun implements PhaseContext {
    private final Order order;
    private final Lease lease;
    private final TickGate ticks;
    private final RunArtifacts artifacts;
    private final AtomicReference<@Nullable PhaseFailure> end = new AtomicReference<>();
    private final AtomicInteger reports = new AtomicInteger();
    private volatile InferenceItem newest;
    private volatile double fraction;
    private volatile String message = "";
    private volatile @Nullable Thread worker;

    LongRun(Order order, Lease lease, TickGate ticks, ArtifactStore artifacts) {
        this.order = order;
        this.lease = lease;
        this.ticks = ticks;
        this.artifacts = new RunArtifacts(artifacts, order.input());
        this.newest = order.item();
    }

    Order order() {
        return order;
    }

    /** The same work asked for again, by a later try or attempt: the answer goes to that one. */
    synchronized void adopt(InferenceItem again) {
        if (again.getAttempt() >= newest.getAttempt()) {
            newest = again;
        }
    }

    /** Who waits for the answer now. */
    InferenceItem newest() {
        return newest;
    }

    void begin() {
        worker = Thread.currentThread();
        if (end.get() != null) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the computation: it is interrupted, and learns why when it asks. */
    void stop(PhaseFailure why) {
        end.compareAndSet(null, why);
        Thread thread = worker;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Why it was ended from outside; null when it was not. */
    @Nullable
    PhaseFailure stopped() {
        return end.get();
    }

    void close() {
        worker = null;
        // What the function left of an interrupt must not meet the next run on this thread.
        Thread.interrupted();
        ticks.close();
        lease.close();
    }

    TaskCommand report(long now) {
        InferenceItem item = newest;
        int percentage = (int) Math.round(item.getMark() + fraction * Math.max(0, item.getNextMark() - item.getMark()));
        return command(item, now, "report", reports.incrementAndGet())
                .setReport(ReportProgress.newBuilder()
                        .setRequestedBy("inference:" + order.function().name())
                        .setPhase(item.getPhase())
                        .setPercentage(percentage)
                        .setMessage(message)
                        .setAttempt(item.getAttempt()))
                .build();
    }

    TaskCommand finish(ItemResult result, long now) {
        InferenceItem item = newest;
        return command(item, now, "finish", item.getTries())
                .setFinish(FinishPhase.newBuilder()
                        .setRequestedBy("inference:" + order.function().name())
                        .setOutput(result.getOutput())
                        .putAllFacts(result.getFactsMap())
                        .setComputeMs(result.getComputeMs())
                        .setAttempt(item.getAttempt())
                        .addAllLines(ticks.lines()))
                .build();
    }

    TaskCommand fault(PhaseFailure failure, long now) {
        InferenceItem item = newest;
        return command(item, now, "fault", item.getTries())
                .setFinish(FinishPhase.newBuilder()
                        .setRequestedBy("inference:" + order.function().name())
                        .setFault(TaskFault.newBuilder()
                                .setCode(failure.code().name())
                                .setMessage(String.valueOf(failure.getMessage()))
                                .setRetryable(failure.code().retryable())
                                .setDetails(ByteString.copyFromUtf8("{}")))
                        .setAttempt(item.getAttempt())
                        .addAllLines(ticks.lines()))
                .build();
    }

    // The same end of the same try has the same id, whichever process sends it and however often.
    private TaskCommand.Builder command(InferenceItem item, long now, String kind, int number) {
        return TaskCommand.newBuilder()
                .setCommandId(kind + ":" + order.key().hex().substring(0, 32) + ":" + item.getAttempt() + ":" + number)
                .setTaskId(item.getTaskId())
                .setUserId(item.getUserId())
                .setIssuedAtMs(now)
                .setTraceparent(item.getTraceparent());
    }

    @Override
    public String taskId() {
        return newest.getTaskId();
    }

    @Override
    public String userId() {
        return newest.getUserId();
    }

    @Override
    public RunArtifacts artifacts() {
        return artifacts;
    }

    @Override
    public void tick(double share, String text) {
        fraction = Math.min(1, Math.max(0, share));
        message = text;
        ticks.tick(share, text);
    }

    @Override
    public void log(String level, String text) {
        ticks.log(level, text);
    }

    @Override
    public void checkWanted() throws PhaseFailure {
        PhaseFailure why = end.get();
        if (why != null) {
            throw new PhaseFailure(why.code(), String.valueOf(why.getMessage()));
        }
    }

    static PhaseFailure cancelled(int attempt) {
        return new PhaseFailure(ErrorCode.CANCELLED, "attempt " + attempt + " of the task was cancelled");
    }
}
