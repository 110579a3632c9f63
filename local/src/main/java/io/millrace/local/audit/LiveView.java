package io.millrace.local.audit;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.schemas.v1.Progress;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** How far each task went by the progress topic, which does not wait for commits. */
final class LiveView {
    /**
     * @param epoch incarnation of the orchestrator that said so; what a later one said replaces it
     * @param version of the event that goes with the step
     */
    record Seen(long epoch, long version, String status, long timeMillis) {}

    private final Map<String, Seen> tasks = new HashMap<>();
    private final Slice slice;

    LiveView(Slice slice) {
        this.slice = slice;
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        // What cannot be read is no evidence of anything.
        Progress progress = read(record.value());
        if (progress == null || !progress.hasStepTaken() || !slice.has(progress.getTaskId())) {
            return;
        }
        Seen seen = new Seen(
                progress.getEpoch(),
                progress.getStepTaken().getVersion(),
                progress.getStepTaken().getStatus(),
                progress.getTimeMs());
        tasks.merge(progress.getTaskId(), seen, LiveView::newer);
    }

    static @Nullable Progress read(byte[] value) {
        try {
            return Progress.parseFrom(value);
        } catch (InvalidProtocolBufferException unreadable) {
            return null;
        }
    }

    /** By task. */
    Map<String, Seen> tasks() {
        return tasks;
    }

    private static Seen newer(Seen left, Seen right) {
        if (left.epoch() != right.epoch()) {
            return left.epoch() > right.epoch() ? left : right;
        }
        return left.version() > right.version() ? left : right;
    }
}
