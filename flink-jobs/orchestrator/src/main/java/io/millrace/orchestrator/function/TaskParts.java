package io.millrace.orchestrator.function;

import io.millrace.orchestrator.config.StateBackend;
import io.millrace.schemas.v1.PhaseResult;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskState;
import java.util.List;
import org.apache.flink.statefun.sdk.state.PersistedAppendingBuffer;
import org.apache.flink.statefun.sdk.state.PersistedValue;
import org.jspecify.annotations.Nullable;

/**
 * A task as it is written. RocksDB writes bytes: there the results of the phases, which are most of a task, stand in a buffer beside the
 * rest, each written once and not again with every step. On the heap, where a value is an object, the task is one value. Either
 * reads what the other has written.
 */
final class TaskParts implements Kept.Written<TaskMemory> {
    private final PersistedValue<TaskMemory> memory;
    private final PersistedAppendingBuffer<PhaseResult> results;
    private final boolean apart;

    TaskParts(PersistedValue<TaskMemory> memory, PersistedAppendingBuffer<PhaseResult> results, StateBackend backend) {
        this.memory = memory;
        this.results = results;
        this.apart = backend == StateBackend.ROCKSDB;
    }

    @Override
    public @Nullable TaskMemory get() {
        TaskMemory written = memory.get();
        if (written == null || !written.hasActive()) {
            return written;
        }
        boolean wasApart = written.getActive().getResultsApart();
        if (!wasApart && !apart) {
            return written;
        }
        TaskMemory whole = wasApart ? joined(written) : written;
        if (wasApart != apart) {
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
        List<PhaseResult> now = state.getResultsList();
        if (before != null && begins(now, before.getActive().getResultsList())) {
            now.subList(before.getActive().getResultsCount(), now.size()).forEach(results::append);
        } else {
            results.replaceWith(now);
        }
        memory.set(TaskMemory.newBuilder()
                .setActive(state.toBuilder().clearResults().setResultsApart(true))
                .build());
    }

    @Override
    public void clear() {
        memory.clear();
        results.clear();
    }

    private TaskMemory joined(TaskMemory written) {
        TaskState.Builder whole = written.getActive().toBuilder().clearResultsApart();
        Iterable<PhaseResult> beside = results.view();
        if (beside != null) {
            beside.forEach(whole::addResults);
        }
        return TaskMemory.newBuilder().setActive(whole).build();
    }

    /** By identity: a decision leaves the results it does not touch as they are. */
    private static boolean begins(List<PhaseResult> now, List<PhaseResult> known) {
        if (known.size() > now.size()) {
            return false;
        }
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i) != now.get(i)) {
                return false;
            }
        }
        return true;
    }
}
