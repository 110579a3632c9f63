package io.millrace.orchestrator.state;

import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.state.CheckpointableKeyedStateBackend;
import org.apache.flink.runtime.state.OperatorStateBackend;
import org.apache.flink.runtime.state.StateBackend;

/**
 * Another backend, behind a memory of what was used last. A task changes some twenty times in its life, often within one interval
 * of checkpoints: what is written is how each key stands when a checkpoint begins, and nothing at all of what has come and gone since
 * the last. Checkpoints and savepoints are those of the backend behind.
 */
public final class WriteBehindBackend implements StateBackend {
    private static final long serialVersionUID = 1;

    private final StateBackend behind;

    WriteBehindBackend(StateBackend behind) {
        this.behind = behind;
    }

    @Override
    public <K> CheckpointableKeyedStateBackend<K> createKeyedStateBackend(KeyedStateBackendParameters<K> parameters)
            throws Exception {
        return new WriteBehindKeyedBackend<>(behind.createKeyedStateBackend(parameters));
    }

    @Override
    public OperatorStateBackend createOperatorStateBackend(OperatorStateBackendParameters parameters) throws Exception {
        return behind.createOperatorStateBackend(parameters);
    }

    @Override
    public boolean useManagedMemory() {
        return behind.useManagedMemory();
    }

    @Override
    public boolean supportsNoClaimRestoreMode() {
        return behind.supportsNoClaimRestoreMode();
    }

    @Override
    public boolean supportsSavepointFormat(SavepointFormatType format) {
        return behind.supportsSavepointFormat(format);
    }
}
