package io.millrace.orchestrator.function;

import com.google.protobuf.BytesValue;
import io.millrace.orchestrator.config.StateBackend;
import io.millrace.schemas.v1.PhaseResult;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskState;
import org.apache.flink.statefun.sdk.state.PersistedAppendingBuffer;
import org.apache.flink.statefun.sdk.state.PersistedValue;
import org.jspecify.annotations.Nullable;

/**
 * A task as it is written. RocksDB writes bytes: there its parameters and the results of its phases, which are most of a task, stand
 * beside the rest, each written once and not again with every step. On the heap, where a value is an object, the task is one value.
 * Either reads what the other has written.
 */
final class TaskParts implements Kept.Written<TaskMemory> {
    private final PersistedValue<TaskMemory> memory;
    private final PersistedValue<BytesValue> params;
    private final PersistedAppendingBuffer<PhaseResult> results;
    private final boolean apart;

    TaskParts(
            PersistedValue<TaskMemory> memory,
            PersistedValue<BytesValue> params,
            PersistedAppendingBuffer<PhaseResult> results,
            StateBackend backend) {
        this.memory = memory;
        this.params = params;
        this.results = results;
        this.apart = backend == StateBackend.ROCKSDB;
    }

    @Override
    public @Nullable TaskMemory get() {
        TaskMemory written = memory.get();
        if (written == null || !written.hasActive()) {
            return written;
        }
        TaskState state = written.getActive();
        boolean one = !state.getParamsApart() && !state.getResultsApart();
        TaskMemory whole = one ? written : joined(state);
        if (state.getParamsApart() != apart || state.getResultsApart() != apart) {
            params.clear();
            results.clear();
            set(null, whole);
        }
        return whole;
    }

    @Override
    public void set(@Nullable TaskMemory before, TaskMemory after) {
        if (!apart || !after.hasActive()) {
            memory.set(after);
            return;
        }
        TaskState state = after.getActive();
        TaskState known = before == null ? null : before.getActive();
        if (known == null || known.getInputParams() != state.getInputParams()) {
            params.set(BytesValue.of(state.getInputParams()));
        }
        Appending.write(results, known == null ? null : known.getResultsList(), state.getResultsList());
        memory.set(TaskMemory.newBuilder()
                .setActive(state.toBuilder()
                        .clearInputParams()
                        .setParamsApart(true)
                        .clearResults()
                        .setResultsApart(true))
                .build());
    }

    @Override
    public void clear() {
        memory.clear();
        params.clear();
        results.clear();
    }

    private TaskMemory joined(TaskState state) {
        TaskState.Builder whole = state.toBuilder().clearParamsApart().clearResultsApart();
        if (state.getParamsApart()) {
            whole.setInputParams(
                    params.getOrDefault(BytesValue.getDefaultInstance()).getValue());
        }
        if (state.getResultsApart()) {
            whole.addAllResults(Appending.read(results));
        }
        return TaskMemory.newBuilder().setActive(whole).build();
    }
}
