package io.millrace.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.v1.EventRecord;
import io.millrace.schemas.v1.LaneState;
import io.millrace.schemas.v1.PhaseResult;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.workflow.Definitions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold whatever happens. */
final class Invariants {
    private final Definitions definitions;
    private final Map<String, Progress> lastTold = new HashMap<>();
    private final Map<String, Long> toldEpoch = new HashMap<>();

    Invariants(Definitions definitions) {
        this.definitions = definitions;
    }

    /** Legal moves only; results belong to the task; nothing of an earlier attempt changes anything; one event for each version. */
    void decided(String taskId, @Nullable TaskMemory before, TaskMessage message, Decision<TaskMemory> decision) {
        TaskMemory after = decision.state();
        String from = before == null ? "none" : status(before);
        String to = after == null ? "none" : status(after);
        if (before != null && after != null && !from.equals(to)) {
            assertThat(reaches(TaskStatus.ofWireName(from), TaskStatus.ofWireName(to)))
                    .as("task %s goes from %s to %s", taskId, from, to)
                    .isTrue();
        }
        if (before != null && before.hasEnded() && after != null && !message.hasCommand()) {
            assertThat(after).as("an ended task stays as it is").isEqualTo(before);
        }
        if (after != null && after.hasActive()) {
            results(taskId, after.getActive());
        }
        if (message.hasItem() && before != null && before.hasActive()) {
            boolean fenced = message.getItem().getAttempt() < before.getActive().getAttempt();
            if (fenced) {
                assertThat(after).as("a fenced reply changes nothing").isEqualTo(before);
            }
        }
        long told = decision.effects().stream()
                .filter(effect ->
                        effect instanceof Effect.Tell tell && tell.progress().hasStepTaken())
                .count();
        long published = decision.effects().stream()
                .filter(Effect.Publish.class::isInstance)
                .count();
        assertThat(told).as("steps and events come in pairs").isEqualTo(published);
    }

    /** Steps count up and the bar never goes back, within an epoch. */
    void told(Progress progress, long epoch) {
        if (!progress.hasStepTaken()) {
            return;
        }
        Progress last = lastTold.get(progress.getTaskId());
        boolean sameEpoch = last != null && toldEpoch.getOrDefault(progress.getTaskId(), 0L) == epoch;
        if (last != null && sameEpoch) {
            assertThat(progress.getStep())
                    .as("steps of %s", progress.getTaskId())
                    .isEqualTo(last.getStep() + 1);
            assertThat(progress.getStepTaken().getProgress())
                    .as("progress of %s", progress.getTaskId())
                    .isGreaterThanOrEqualTo(last.getStepTaken().getProgress());
        }
        lastTold.put(progress.getTaskId(), progress);
        toldEpoch.put(progress.getTaskId(), epoch);
    }

    /** At a checkpoint: slots within the limit, no gap in versions, at most one end. */
    void check(World world, Iterable<EventRecord> committed) {
        world.lanes.forEach((lane, state) -> {
            assertThat(state.getHoldersCount())
                    .as("slots of lane %s", lane)
                    .isLessThanOrEqualTo(definitions.lane(lane).concurrency());
            Set<String> holders = new HashSet<>();
            state.getHoldersList()
                    .forEach(holder -> assertThat(holders.add(holder.getTaskId()))
                            .as("%s holds one slot", holder.getTaskId())
                            .isTrue());
        });
        Map<String, Long> versions = new HashMap<>();
        Set<String> ended = new HashSet<>();
        for (EventRecord event : committed) {
            long expected = versions.getOrDefault(event.getTaskId(), 0L) + 1;
            assertThat(event.getVersion())
                    .as("versions of %s", event.getTaskId())
                    .isEqualTo(expected);
            versions.put(event.getTaskId(), expected);
            assertThat(ended).as("nothing follows the end").doesNotContain(event.getTaskId());
            if (EventType.ofWireName(event.getType()).terminal()) {
                ended.add(event.getTaskId());
            }
        }
    }

    /** After everything has settled: all tasks have ended, nothing is held, nothing waits. */
    void settled(World world, Set<String> submitted, Iterable<EventRecord> committed) {
        Set<String> ended = new HashSet<>();
        committed.forEach(event -> {
            if (EventType.ofWireName(event.getType()).terminal()) {
                ended.add(event.getTaskId());
            }
        });
        assertThat(ended).as("each task ends").containsExactlyInAnyOrderElementsOf(submitted);
        for (Map.Entry<String, LaneState> lane : world.lanes.entrySet()) {
            assertThat(lane.getValue().getHoldersList())
                    .as("slots of lane %s", lane.getKey())
                    .isEmpty();
            assertThat(lane.getValue().getWaiting())
                    .as("queue of lane %s", lane.getKey())
                    .isZero();
        }
        assertThat(world.pages).as("pages").isEmpty();
        world.batches.forEach((id, state) -> {
            assertThat(state.getBusy()).as("slots of batcher %s", id).isZero();
            assertThat(state.getGathered()).as("items of batcher %s", id).isZero();
        });
    }

    private static void results(String taskId, TaskState state) {
        for (PhaseResult result : state.getResultsList()) {
            String expected = "{\"of\":\"" + taskId + "/" + result.getPhase() + "/" + result.getRound() + "\"}";
            assertThat(result.getOutput().toStringUtf8())
                    .as("result of %s", result.getPhase())
                    .isEqualTo(expected);
        }
        assertThat(state.getSlotHeld())
                .as("a running task holds a slot")
                .isEqualTo(TaskStatus.ofWireName(state.getStatus()) == TaskStatus.PROCESSING);
    }

    /** One decision may take several legal moves. */
    private static boolean reaches(TaskStatus from, TaskStatus to) {
        if (from.mayBecome(to)) {
            return true;
        }
        for (TaskStatus over : TaskStatus.values()) {
            if (over != from && from.mayBecome(over) && !over.terminal() && over.mayBecome(to)) {
                return true;
            }
        }
        return from == to;
    }

    private static String status(TaskMemory memory) {
        if (memory.hasActive()) {
            return memory.getActive().getStatus();
        }
        // A mark of an early cancel is not yet a task.
        return memory.getEnded().getCancelledBeforeSeen()
                ? TaskStatus.QUEUED.wireName()
                : memory.getEnded().getStatus();
    }
}
