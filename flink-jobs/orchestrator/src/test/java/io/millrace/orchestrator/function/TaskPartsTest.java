package io.millrace.orchestrator.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import io.millrace.orchestrator.config.StateBackend;
import io.millrace.schemas.v1.PhaseResult;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.v1.Tombstone;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.flink.statefun.sdk.Address;
import org.apache.flink.statefun.sdk.state.PersistedAppendingBuffer;
import org.apache.flink.statefun.sdk.state.PersistedValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskPartsTest {
    private static final Address SELF = Addresses.task("task_1");
    private static final int RUNS = 2_000;
    private static final ByteString PARAMS = ByteString.copyFromUtf8("{\"prompt\":\"a poster\"}");

    private final PersistedValue<TaskMemory> memory = PersistedValue.of("memory", TaskMemory.class);
    private final PersistedValue<BytesValue> params = PersistedValue.of("params", BytesValue.class);
    private final PersistedAppendingBuffer<PhaseResult> results =
            PersistedAppendingBuffer.of("results", PhaseResult.class);

    /** Steps, results that come and go, ends, and restarts on either kind of state. */
    @Test
    void whatIsReadIsWhatWasWritten() {
        for (int seed = 0; seed < RUNS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            memory.clear();
            params.clear();
            results.clear();
            TaskMemory expected = null;
            Kept<TaskMemory> kept = restarted(random);
            for (int i = 0; i < 40; i++) {
                TaskMemory known = kept.get(SELF);
                assertThat(known).as("seed %d, step %d", seed, i).isEqualTo(expected);
                switch (random.nextInt(8)) {
                    case 0 -> kept = restarted(random);
                    case 1 -> {
                        kept.clear(SELF);
                        expected = null;
                    }
                    default -> {
                        expected = changed(known, random);
                        kept.set(SELF, expected);
                    }
                }
            }
        }
    }

    @Test
    void inRocksDbParametersAndResultsAreWrittenOnceAndBesideTheRest() {
        Kept<TaskMemory> kept = kept(StateBackend.ROCKSDB);
        kept.set(SELF, task(1, List.of(result("a"))));
        TaskMemory first = Objects.requireNonNull(kept.get(SELF));
        params.clear();
        results.append(result("only here"));

        List<PhaseResult> more = new ArrayList<>(first.getActive().getResultsList());
        more.add(result("b"));
        kept.set(SELF, task(2, more));

        assertThat(results.view()).map(PhaseResult::getPhase).containsExactly("a", "only here", "b");
        assertThat(params.get()).as("not written again").isNull();
        TaskState written = Objects.requireNonNull(memory.get()).getActive();
        assertThat(written.getResultsCount()).isZero();
        assertThat(written.getInputParams()).isEmpty();
    }

    /** Its results stood beside it, its parameters did not. */
    @Test
    void aTaskOfAnEarlierVersionIsReadAndParted() {
        for (StateBackend backend : StateBackend.values()) {
            TaskMemory task = task(1, List.of(result("a")));
            results.replaceWith(task.getActive().getResultsList());
            memory.set(memory(task.getActive().toBuilder().clearResults().setResultsApart(true)));

            assertThat(kept(backend).get(SELF)).as("%s", backend).isEqualTo(task);
            assertThat(kept(backend).get(SELF)).as("%s, again", backend).isEqualTo(task);
        }
    }

    @Test
    void aTombstoneOfAnEarlierVersionIsReadAsItIs() {
        TaskMemory ended = TaskMemory.newBuilder()
                .setEnded(Tombstone.newBuilder().setStatus("completed"))
                .build();
        memory.set(ended);

        for (StateBackend backend : StateBackend.values()) {
            assertThat(kept(backend).get(SELF)).isEqualTo(ended);
        }
    }

    private Kept<TaskMemory> restarted(SplittableRandom random) {
        return kept(random.nextBoolean() ? StateBackend.HASHMAP : StateBackend.ROCKSDB);
    }

    private Kept<TaskMemory> kept(StateBackend backend) {
        return new Kept<>(new TaskParts(memory, params, results, backend), backend);
    }

    private static TaskMemory changed(@Nullable TaskMemory known, SplittableRandom random) {
        List<PhaseResult> results =
                new ArrayList<>(known == null ? List.of() : known.getActive().getResultsList());
        switch (random.nextInt(4)) {
            case 0, 1 -> results.add(result("phase-" + random.nextInt(1000)));
            case 2 -> {
                if (!results.isEmpty()) {
                    results.remove(random.nextInt(results.size()));
                }
            }
            default -> {
                // A step without a result.
            }
        }
        TaskState.Builder state = state(random.nextInt(), results);
        // What a task was asked for never changes, but a state that is thrown away may begin anew.
        return memory(state.setInputParams(
                known == null
                        ? ByteString.copyFromUtf8("{\"seed\":" + random.nextInt(1000) + "}")
                        : known.getActive().getInputParams()));
    }

    private static TaskMemory task(int step, List<PhaseResult> results) {
        return memory(state(step, results).setInputParams(PARAMS));
    }

    private static TaskState.Builder state(int step, List<PhaseResult> results) {
        return TaskState.newBuilder().setStep(step).addAllResults(results);
    }

    private static TaskMemory memory(TaskState.Builder state) {
        return TaskMemory.newBuilder().setActive(state).build();
    }

    private static PhaseResult result(String phase) {
        return PhaseResult.newBuilder()
                .setPhase(phase)
                .setOutput(ByteString.copyFromUtf8("{}"))
                .build();
    }
}
