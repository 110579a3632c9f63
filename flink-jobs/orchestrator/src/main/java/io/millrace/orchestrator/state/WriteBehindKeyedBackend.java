package io.millrace.orchestrator.state;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RunnableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.state.CheckpointStreamFactory;
import org.apache.flink.runtime.state.CheckpointableKeyedStateBackend;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupedInternalPriorityQueue;
import org.apache.flink.runtime.state.Keyed;
import org.apache.flink.runtime.state.KeyedStateFunction;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.PriorityComparable;
import org.apache.flink.runtime.state.SavepointResources;
import org.apache.flink.runtime.state.SnapshotResult;
import org.apache.flink.runtime.state.StateSnapshotTransformer.StateSnapshotTransformFactory;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.heap.HeapPriorityQueueElement;

/**
 * Values and lists of one namespace and without an expiration are kept in memory and written behind; tables, timers and all else
 * go to the backend behind as they are. Belongs to the one thread of a subtask, as any keyed backend.
 *
 * @param <K> of the state
 */
final class WriteBehindKeyedBackend<K> implements CheckpointableKeyedStateBackend<K>, CheckpointListener {
    private final CheckpointableKeyedStateBackend<K> behind;
    private final CurrentKey<K> current;
    /** By name. */
    private final Map<String, State> states = new HashMap<>();

    private final List<WriteBehindState> written = new ArrayList<>();

    WriteBehindKeyedBackend(CheckpointableKeyedStateBackend<K> behind) {
        this.behind = behind;
        this.current = new CurrentKey<>(behind::getCurrentKey, behind::setCurrentKey);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <N, S extends State> S getPartitionedState(
            N namespace, TypeSerializer<N> namespaceSerializer, StateDescriptor<S, ?> descriptor) throws Exception {
        State known = states.get(descriptor.getName());
        if (known != null) {
            return (S) known;
        }
        S state = behind.getPartitionedState(namespace, namespaceSerializer, descriptor);
        if (!(namespace instanceof VoidNamespace) || descriptor.getTtlConfig().isEnabled()) {
            return state;
        }
        State front = switch (descriptor.getType()) {
            case VALUE -> new WriteBehindValue<>((ValueState<Object>) state, current, WriteBehindValue.MAX_BYTES);
            case LIST -> new WriteBehindList<>((ListState<Object>) state, current, WriteBehindList.MAX_ITEMS);
            default -> state;
        };
        states.put(descriptor.getName(), front);
        if (front instanceof WriteBehindState one) {
            written.add(one);
        }
        return (S) front;
    }

    @Override
    public RunnableFuture<SnapshotResult<KeyedStateHandle>> snapshot(
            long checkpointId, long timestamp, CheckpointStreamFactory streams, CheckpointOptions options)
            throws Exception {
        write();
        return behind.snapshot(checkpointId, timestamp, streams, options);
    }

    @Override
    public SavepointResources<K> savepoint() throws Exception {
        write();
        return behind.savepoint();
    }

    private void write() throws Exception {
        for (WriteBehindState state : written) {
            state.write();
        }
    }

    @Override
    public <N, S extends State, T> void applyToAllKeys(
            N namespace,
            TypeSerializer<N> namespaceSerializer,
            StateDescriptor<S, T> descriptor,
            KeyedStateFunction<K, S> function)
            throws Exception {
        refuseWrittenBehind(descriptor.getName());
        behind.applyToAllKeys(namespace, namespaceSerializer, descriptor, function);
    }

    @Override
    public <N> Stream<K> getKeys(String state, N namespace) {
        refuseWrittenBehind(state);
        return behind.getKeys(state, namespace);
    }

    @Override
    public <N> Stream<K> getKeys(List<String> names, N namespace) {
        names.forEach(this::refuseWrittenBehind);
        return behind.getKeys(names, namespace);
    }

    @Override
    public <N> Stream<Tuple2<K, N>> getKeysAndNamespaces(String state) {
        refuseWrittenBehind(state);
        return behind.getKeysAndNamespaces(state);
    }

    /** What is behind does not know yet what is here; nobody needs to go through all keys of such a state. */
    private void refuseWrittenBehind(String state) {
        if (states.get(state) instanceof WriteBehindState) {
            throw new UnsupportedOperationException("the keys of " + state + ", which is written behind");
        }
    }

    @Override
    public void setCurrentKey(K key) {
        behind.setCurrentKey(key);
    }

    @Override
    public K getCurrentKey() {
        return behind.getCurrentKey();
    }

    @Override
    public TypeSerializer<K> getKeySerializer() {
        return behind.getKeySerializer();
    }

    @Override
    public KeyGroupRange getKeyGroupRange() {
        return behind.getKeyGroupRange();
    }

    @Override
    public <N, S extends State, T> S getOrCreateKeyedState(
            TypeSerializer<N> namespaceSerializer, StateDescriptor<S, T> descriptor) throws Exception {
        refuseWrittenBehind(descriptor.getName());
        return behind.getOrCreateKeyedState(namespaceSerializer, descriptor);
    }

    @Override
    public <N, SV, SEV, S extends State, IS extends S> IS createOrUpdateInternalState(
            TypeSerializer<N> namespaceSerializer,
            StateDescriptor<S, SV> descriptor,
            StateSnapshotTransformFactory<SEV> transform)
            throws Exception {
        refuseWrittenBehind(descriptor.getName());
        return behind.createOrUpdateInternalState(namespaceSerializer, descriptor, transform);
    }

    @Override
    public <T extends HeapPriorityQueueElement & PriorityComparable<? super T> & Keyed<?>>
            KeyGroupedInternalPriorityQueue<T> create(String name, TypeSerializer<T> serializer) {
        return behind.create(name, serializer);
    }

    @Override
    public <T extends HeapPriorityQueueElement & PriorityComparable<? super T> & Keyed<?>>
            KeyGroupedInternalPriorityQueue<T> create(
                    String name, TypeSerializer<T> serializer, boolean allowFutureMetadataUpdates) {
        return behind.create(name, serializer, allowFutureMetadataUpdates);
    }

    @Override
    public void registerKeySelectionListener(KeySelectionListener<K> listener) {
        behind.registerKeySelectionListener(listener);
    }

    @Override
    public boolean deregisterKeySelectionListener(KeySelectionListener<K> listener) {
        return behind.deregisterKeySelectionListener(listener);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        if (behind instanceof CheckpointListener listener) {
            listener.notifyCheckpointComplete(checkpointId);
        }
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        if (behind instanceof CheckpointListener listener) {
            listener.notifyCheckpointAborted(checkpointId);
        }
    }

    @Override
    public void dispose() {
        behind.dispose();
    }

    @Override
    public void close() throws IOException {
        behind.close();
    }
}
