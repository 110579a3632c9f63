package io.millrace.edge.live;

import com.google.protobuf.ByteString;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.Step;
import io.millrace.schemas.v1.Tick;

/** Builds records of the progress log for tests. */
public final class Records {
    /** The partition of the user "alice". */
    public static final int PARTITION = 5;

    private long offset;

    public Records() {}

    /** A step in phase {@code pN}, so that equal numbers with equal phases are equal steps. */
    public LogRecord step(String taskId, String userId, long epoch, int number, String status, String phase) {
        Step.Builder step = Step.newBuilder()
                .setStatus(status)
                .setPhase(phase)
                .setProgress(Math.min(100, number * 10))
                .setNextMark(Math.min(100, number * 10 + 10))
                .setVersion(number)
                .setType("poster");
        if (number == 1) {
            step.setInputParams(ByteString.copyFromUtf8("{\"prompt\":\"p\"}"));
        }
        if (status.equals("completed")) {
            step.setResult(ByteString.copyFromUtf8(
                    "{\"poster_id\":\"poster_1\",\"preview\":\"sha256:" + "ab".repeat(32) + "\"}"));
        }
        return record(base(taskId, userId, number).setEpoch(epoch).setStepTaken(step));
    }

    /** The step with which a completed row of a campaign is deleted. */
    public LogRecord deleted(String taskId, String userId, int number) {
        Progress.Builder progress = step(taskId, userId, 1, number, "completed", "completed").progress().toBuilder()
                .setCampaignId("camp_1");
        progress.getStepTakenBuilder().setDeleted(true);
        return LogRecord.of(PARTITION, offset - 1, progress.build());
    }

    public LogRecord tick(String taskId, String userId, int number, String phase, float fraction) {
        return record(base(taskId, userId, number)
                .setTick(Tick.newBuilder().setPhase(phase).setFraction(fraction)));
    }

    public LogRecord log(String taskId, String userId, int number, String phase, String line) {
        Tick.Builder tick = Tick.newBuilder().setPhase(phase).setLevel("info").setMessage(line);
        return record(base(taskId, userId, number).setTick(tick));
    }

    public LogRecord answer(String taskId, String userId, String commandId, boolean accepted) {
        CommandAnswer.Builder answer = CommandAnswer.newBuilder()
                .setCommandId(commandId)
                .setAccepted(accepted)
                .setReason("said so");
        return record(base(taskId, userId, 0).setAnswer(answer.setPreviousStatus("processing")));
    }

    public LogRecord record(Progress.Builder progress) {
        return LogRecord.of(PARTITION, offset++, progress.build());
    }

    public static Progress.Builder base(String taskId, String userId, int number) {
        return Progress.newBuilder()
                .setTaskId(taskId)
                .setUserId(userId)
                .setAttempt(1)
                .setStep(number)
                .setTimeMs(1_000_000 + number);
    }

    public long offset() {
        return offset;
    }
}
