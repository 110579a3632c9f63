package io.millrace.orchestrator;

import io.millrace.orchestrator.ingress.ReceivedRecord;
import io.millrace.schemas.topic.Topic;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.source.RichSourceFunction;
import org.jspecify.annotations.Nullable;

/** Reads one log of the test and goes on where its checkpoint says; parallelism 1. */
@SuppressWarnings("deprecation")
final class LogSource extends RichSourceFunction<ReceivedRecord> implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private final TestEnds ends;
    private final Topic topic;
    private transient @Nullable ListState<Integer> state;
    private transient int offset;
    private volatile boolean running = true;

    LogSource(TestEnds ends, Topic topic) {
        this.ends = ends;
        this.topic = topic;
    }

    @Override
    public void run(SourceContext<ReceivedRecord> context) throws Exception {
        if (topic == Topic.COMMANDS) {
            ends.shared().starts.incrementAndGet();
        }
        while (running) {
            ReceivedRecord next = ends.shared().await(topic, offset);
            if (next != null) {
                synchronized (context.getCheckpointLock()) {
                    context.collect(next);
                    offset++;
                }
            }
        }
    }

    @Override
    public void cancel() {
        running = false;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        ListState<Integer> restored =
                context.getOperatorStateStore().getListState(new ListStateDescriptor<>("offset", Types.INT));
        for (Integer read : restored.get()) {
            offset = read;
        }
        state = restored;
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        Objects.requireNonNull(state).update(List.of(offset));
    }
}
