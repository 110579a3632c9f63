package io.millrace.bench.hub;

import com.google.protobuf.ByteString;
import io.millrace.edge.live.LogRecord;
import io.millrace.edge.watch.Hub;
import io.millrace.schemas.topic.Topic;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.Step;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes steps of many tasks to the hub, as the thread does that reads the progress log: each task of a user of its own, in turn, at a
 * rate. A step's message is {@code mNANOS-NUMBER}: when it was published on the clock of the machine, and which it is.
 */
final class StepPublisher {
    private static final long SLICE_NANOS = 500_000;
    private static final ByteString RESULT = ByteString.copyFromUtf8("{\"poster_id\":\"poster_1\"}");

    private final Hub hub;
    private final int[] steps;
    private final long[] offsets = new long[Topic.PROGRESS.partitions()];
    private int next;

    /** Makes the tasks known, all of them processing. */
    StepPublisher(Hub hub, int tasks) {
        this.hub = hub;
        this.steps = new int[tasks];
        for (int partition = 0; partition < offsets.length; partition++) {
            hub.beginAt(partition, 0);
        }
        for (int task = 0; task < tasks; task++) {
            write(task, "processing", "begun");
        }
    }

    static String user(int task) {
        return "user-" + task;
    }

    static String taskId(int task) {
        return String.format(Locale.ROOT, "task_01a20000-0000-7000-8000-%012x", task);
    }

    /**
     * What a stretch of publishing was like.
     *
     * @param published steps
     * @param cpuNanos processor time of this thread, making the records included
     * @param latestNanos how far the slowest step was behind its time
     */
    record Stretch(long published, long cpuNanos, long latestNanos) {}

    /** Publishes steps of the tasks in turn. */
    Stretch publish(int perSecond, int seconds) {
        return paced(perSecond, (long) perSecond * seconds, "processing");
    }

    /** Ends every task and commits its end. */
    Stretch end(int perSecond) {
        next = 0;
        return paced(perSecond, steps.length, "completed");
    }

    private Stretch paced(int perSecond, long count, String status) {
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long begun = System.nanoTime();
        long latest = 0;
        for (long i = 0; i < count; i++) {
            long due = begun + i * 1_000_000_000L / perSecond;
            long now = System.nanoTime();
            while (due > now) {
                LockSupport.parkNanos(Math.min(SLICE_NANOS, due - now));
                now = System.nanoTime();
            }
            latest = Math.max(latest, now - due);
            write(next, status, "m" + now + "-" + (steps[next] + 1));
            if (status.equals("completed")) {
                hub.committed(taskId(next), steps[next]);
            }
            next = (next + 1) % steps.length;
        }
        return new Stretch(count, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu, latest);
    }

    private void write(int task, String status, String message) {
        int number = ++steps[task];
        boolean ended = status.equals("completed");
        Step.Builder step = Step.newBuilder()
                .setStatus(status)
                .setPhase(ended ? "completed" : "rendering_text")
                .setProgress(ended ? 100 : Math.min(99, number))
                .setNextMark(100)
                .setVersion(number)
                .setType("poster")
                .setMessage(message);
        if (number == 1) {
            step.setInputParams(ByteString.copyFromUtf8("{\"prompt\":\"a poster\"}"));
        }
        if (ended) {
            step.setResult(RESULT);
        }
        int partition = Hub.partitionOf(user(task));
        Progress progress = Progress.newBuilder()
                .setTaskId(taskId(task))
                .setUserId(user(task))
                .setAttempt(1)
                .setEpoch(1)
                .setStep(number)
                .setTimeMs(System.currentTimeMillis())
                .setStepTaken(step)
                .build();
        hub.apply(LogRecord.of(partition, offsets[partition]++, progress));
    }
}
