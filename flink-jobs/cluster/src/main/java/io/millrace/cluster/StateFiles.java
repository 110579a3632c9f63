package io.millrace.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;

/** The files a checkpoint's metadata refers to; small state lies in the metadata itself. */
final class StateFiles {
    private StateFiles() {}

    static List<Path> of(CheckpointMetadata metadata) {
        List<Path> files = new ArrayList<>();
        for (OperatorState operator : metadata.getOperatorStates()) {
            for (OperatorSubtaskState subtask : operator.getStates()) {
                handles(subtask).forEach(handle -> addFile(files, handle));
            }
        }
        return files;
    }

    private static Stream<StreamStateHandle> handles(OperatorSubtaskState subtask) {
        Stream<StreamStateHandle> operator = Stream.concat(
                        subtask.getManagedOperatorState().stream(), subtask.getRawOperatorState().stream())
                .map(OperatorStateHandle::getDelegateStateHandle);
        Stream<StreamStateHandle> keyed = Stream.concat(
                        subtask.getManagedKeyedState().stream(), subtask.getRawKeyedState().stream())
                .flatMap(StateFiles::handles);
        return Stream.concat(operator, keyed);
    }

    private static Stream<StreamStateHandle> handles(KeyedStateHandle keyed) {
        if (keyed instanceof KeyGroupsStateHandle heap) {
            return Stream.of(heap.getDelegateStateHandle());
        }
        if (keyed instanceof IncrementalRemoteKeyedStateHandle rocks) {
            return rocks.streamSubHandles();
        }
        return Stream.empty();
    }

    private static void addFile(List<Path> files, StreamStateHandle handle) {
        if (handle instanceof FileStateHandle file && isLocal(file)) {
            files.add(Path.of(file.getFilePath().getPath()));
        }
    }

    private static boolean isLocal(FileStateHandle file) {
        String scheme = file.getFilePath().toUri().getScheme();
        return scheme == null || scheme.equals("file");
    }
}
