package io.millrace.orchestrator;

import io.millrace.schemas.v1.CommittedRecord;
import io.millrace.schemas.v1.LiveRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.sink.SinkFunction;

/** Where records go in tests: at once, or when the checkpoint they belong to is complete, as a transaction would. */
@SuppressWarnings("deprecation")
final class TestSinks {
    private TestSinks() {}

    static final class Live implements SinkFunction<LiveRecord> {
        private static final long serialVersionUID = 1L;
        private final TestEnds ends;

        Live(TestEnds ends) {
            this.ends = ends;
        }

        @Override
        public void invoke(LiveRecord live, Context context) {
            ends.shared().live.add(live);
        }
    }

    static final class Committed implements SinkFunction<CommittedRecord>, CheckpointedFunction, CheckpointListener {
        private static final long serialVersionUID = 1L;
        private final TestEnds ends;
        private final TreeMap<Long, List<CommittedRecord>> byCheckpoint = new TreeMap<>();
        private List<CommittedRecord> open = new ArrayList<>();

        Committed(TestEnds ends) {
            this.ends = ends;
        }

        @Override
        public void invoke(CommittedRecord committed, Context context) {
            open.add(committed);
        }

        @Override
        public void initializeState(FunctionInitializationContext context) {}

        @Override
        public void snapshotState(FunctionSnapshotContext context) {
            byCheckpoint.put(context.getCheckpointId(), open);
            open = new ArrayList<>();
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            var done = byCheckpoint.headMap(checkpointId, true);
            done.values().forEach(ends.shared().committed::addAll);
            done.clear();
            ends.shared().checkpoints.incrementAndGet();
        }
    }
}
