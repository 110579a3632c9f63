package io.millrace.orchestrator.egress;

import io.millrace.schemas.v1.LiveRecord;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.jspecify.annotations.Nullable;

/**
 * Stamps progress with the incarnation of the job that wrote it, so that readers can tell a step that was sent again, or
 * otherwise, after a recovery. Stamped behind the functions because their state may have been written by an earlier one.
 *
 * <p>The epoch is the wall clock at which this incarnation began, and more than any epoch before it that a checkpoint
 * remembers, whatever the clock says.
 */
public final class EpochStamp extends RichMapFunction<LiveRecord, LiveRecord> implements CheckpointedFunction {
    /** Pinned: savepoints hold it. */
    public static final String STATE = "epoch";

    private static final long serialVersionUID = 1L;

    private transient @Nullable ListState<Long> remembered;
    private transient long epoch;

    @Override
    public LiveRecord map(LiveRecord live) {
        if (!live.hasProgress()) {
            return live;
        }
        return LiveRecord.newBuilder()
                .setProgress(live.getProgress().toBuilder().setEpoch(epoch))
                .build();
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        ListState<Long> state =
                context.getOperatorStateStore().getUnionListState(new ListStateDescriptor<>(STATE, Types.LONG));
        epoch = System.currentTimeMillis();
        for (Long before : state.get()) {
            epoch = Math.max(epoch, before + 1);
        }
        remembered = state;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        Objects.requireNonNull(remembered).update(List.of(epoch));
    }
}
