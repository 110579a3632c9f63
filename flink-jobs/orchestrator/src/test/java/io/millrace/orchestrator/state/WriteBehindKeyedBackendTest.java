package io.millrace.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RunnableFuture;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.state.CheckpointableKeyedStateBackend;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.LocalRecoveryConfig;
import org.apache.flink.runtime.state.SnapshotResult;
import org.apache.flink.runtime.state.UncompressedStreamCompressionDecorator;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackendBuilder;
import org.apache.flink.runtime.state.heap.HeapPriorityQueueSetFactory;
import org.apache.flink.runtime.state.memory.MemCheckpointStreamFactory;
import org.apache.flink.runtime.state.metrics.LatencyTrackingStateConfig;
import org.apache.flink.runtime.state.ttl.TtlTimeProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In front of Flink's backend on the heap, whose snapshots are real; RocksDB is behind it in {@code OrchestratorIT}. */
class WriteBehindKeyedBackendTest {
    private static final int KEY_GROUPS = 16;
    private static final ValueStateDescriptor<String> VALUE =
            new ValueStateDescriptor<>("value", StringSerializer.INSTANCE);
    private static final ListStateDescriptor<String> LIST =
            new ListStateDescriptor<>("list", StringSerializer.INSTANCE);
    private static final MapStateDescriptor<String, String> TABLE =
            new MapStateDescriptor<>("table", StringSerializer.INSTANCE, StringSerializer.INSTANCE);

    private final CloseableRegistry opened = new CloseableRegistry();

    @AfterEach
    void close() throws Exception {
        opened.close();
    }

    @Test
    void aCheckpointHoldsWhatWasNotWrittenYet() throws Exception {
        CheckpointableKeyedStateBackend<String> behind = heap(List.of());
        CheckpointableKeyedStateBackend<String> state = new WriteBehindKeyedBackend<>(behind);
        state.setCurrentKey("a");
        of(state, VALUE).update("one");
        of(state, LIST).add("first");
        of(state, TABLE).put("x", "1");
        state.setCurrentKey("b");
        of(state, VALUE).update("two");
        assertThat(of(behind, VALUE).value()).as("not yet").isNull();

        KeyedStateHandle checkpoint = snapshot(state);
        assertThat(state.getCurrentKey()).isEqualTo("b");
        of(state, VALUE).update("later");

        CheckpointableKeyedStateBackend<String> restored = new WriteBehindKeyedBackend<>(heap(List.of(checkpoint)));
        restored.setCurrentKey("b");
        assertThat(of(restored, VALUE).value()).isEqualTo("two");
        restored.setCurrentKey("a");
        assertThat(of(restored, VALUE).value()).isEqualTo("one");
        assertThat(of(restored, LIST).get()).containsExactly("first");
        assertThat(of(restored, TABLE).get("x")).isEqualTo("1");
    }

    @Test
    void aSavepointHoldsWhatWasNotWrittenYet() throws Exception {
        CheckpointableKeyedStateBackend<String> behind = heap(List.of());
        CheckpointableKeyedStateBackend<String> state = new WriteBehindKeyedBackend<>(behind);
        state.setCurrentKey("a");
        of(state, VALUE).update("one");

        state.savepoint().getSnapshotResources().release();

        assertThat(of(behind, VALUE).value()).isEqualTo("one");
    }

    /** Flink looks at the clock where it is written, so that is where it has to be at once. */
    @Test
    void whatExpiresIsWrittenAtOnce() throws Exception {
        ValueStateDescriptor<String> expiring = new ValueStateDescriptor<>("expiring", StringSerializer.INSTANCE);
        expiring.enableTimeToLive(StateTtlConfig.newBuilder(Duration.ofHours(1)).build());
        CheckpointableKeyedStateBackend<String> behind = heap(List.of());
        CheckpointableKeyedStateBackend<String> state = new WriteBehindKeyedBackend<>(behind);
        state.setCurrentKey("a");

        of(state, expiring).update("now");

        assertThat(of(behind, expiring).value()).isEqualTo("now");
    }

    @Test
    void nobodyGoesThroughKeysThatAreNotAllThere() throws Exception {
        CheckpointableKeyedStateBackend<String> state = new WriteBehindKeyedBackend<>(heap(List.of()));
        of(state, VALUE);

        assertThatThrownBy(() -> state.getKeys("value", VoidNamespace.INSTANCE))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("value");
    }

    private static <S extends State> S of(
            CheckpointableKeyedStateBackend<String> backend, StateDescriptor<S, ?> descriptor) throws Exception {
        descriptor.initializeSerializerUnlessSet(new ExecutionConfig());
        return backend.getPartitionedState(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor);
    }

    private static KeyedStateHandle snapshot(CheckpointableKeyedStateBackend<String> backend) throws Exception {
        RunnableFuture<SnapshotResult<KeyedStateHandle>> future = backend.snapshot(
                1, 0, new MemCheckpointStreamFactory(1 << 20), CheckpointOptions.forCheckpointWithDefaultLocation());
        future.run();
        return Objects.requireNonNull(future.get().getJobManagerOwnedSnapshot());
    }

    private CheckpointableKeyedStateBackend<String> heap(List<KeyedStateHandle> handles) throws Exception {
        KeyGroupRange range = KeyGroupRange.of(0, KEY_GROUPS - 1);
        CheckpointableKeyedStateBackend<String> backend = new HeapKeyedStateBackendBuilder<>(
                        null,
                        StringSerializer.INSTANCE,
                        getClass().getClassLoader(),
                        KEY_GROUPS,
                        range,
                        new ExecutionConfig(),
                        TtlTimeProvider.DEFAULT,
                        LatencyTrackingStateConfig.disabled(),
                        handles,
                        UncompressedStreamCompressionDecorator.INSTANCE,
                        LocalRecoveryConfig.BACKUP_AND_RECOVERY_DISABLED,
                        new HeapPriorityQueueSetFactory(range, KEY_GROUPS, 128),
                        true,
                        opened)
                .build();
        opened.registerCloseable(backend);
        return backend;
    }
}
