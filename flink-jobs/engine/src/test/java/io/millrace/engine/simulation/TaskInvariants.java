package io.millrace.engine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.fixture.MySqlRow;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.v1.EventRecord;
import io.millrace.schemas.v1.ItemReply;
import io.millrace.schemas.v1.ItemState;
import io.millrace.schemas.v1.PhaseResult;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.workflow.Definitions;
import io.millrace.schemas.workflow.Phase;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold of each decision about a task. */
final class TaskInvariants {
    private static final int TOMBSTONE_BYTES = 200;

    private final Definitions definitions;
    private final Map<String, String> parents = new HashMap<>();

    TaskInvariants(Definitions definitions) {
        this.definitions = definitions;
    }

    void derived(String taskId, String parent) {
        parents.put(taskId, parent);
    }

    void decided(String taskId, @Nullable TaskMemory before, TaskMessage message, Decision<TaskMemory> decision) {
        TaskMemory after = decision.state();
        TaskState was = before != null && before.hasActive() ? before.getActive() : null;
        TaskState is = after != null && after.hasActive() ? after.getActive() : null;
        ended(taskId, before, after, message, decision);
        slots(taskId, was, is, decision);
        if (was != null && before != null) {
            fence(taskId, was, before, after, message);
        }
        if (is != null && is != was) {
            results(taskId, is);
            if (was != null) {
                nothingLost(taskId, was, is);
            }
        }
        reports(taskId, was, message, decision);
    }

    /** An ended task changes by commands and by the end of retention only; what is kept of it is small. */
    private static void ended(
            String taskId,
            @Nullable TaskMemory before,
            @Nullable TaskMemory after,
            TaskMessage message,
            Decision<TaskMemory> decision) {
        boolean command = message.hasCommand() || message.hasLookedUp();
        if (before != null && before.hasEnded() && !command && after != null) {
            Invariants.require("AnEndedTaskStaysAsItIs", after.equals(before), taskId);
        }
        if (after != null && after.hasEnded()) {
            Invariants.require("TombstonesAreSmall", after.getSerializedSize() <= TOMBSTONE_BYTES, taskId);
            boolean deletedBefore =
                    before != null && before.hasEnded() && before.getEnded().getDeleted();
            Invariants.require(
                    "AnEndedTaskStaysAsItIs", !deletedBefore || after.equals(before), taskId + " was deleted");
        }
    }

    /** A running task holds a slot; whoever ends or pauses while holding one releases it in the same decision. */
    private static void slots(
            String taskId, @Nullable TaskState was, @Nullable TaskState is, Decision<TaskMemory> decision) {
        if (is != null) {
            Invariants.require(
                    "ARunningTaskHoldsASlot",
                    is.getSlotHeld() == (TaskStatus.ofWireName(is.getStatus()) == TaskStatus.PROCESSING),
                    taskId);
        }
        if (was == null || !was.getSlotHeld()) {
            return;
        }
        boolean still = is != null && is.getSlotHeld() && is.getTicket() == was.getTicket();
        boolean released = decision.effects().stream()
                .anyMatch(effect -> effect instanceof Effect.ToLane to
                        && to.message().hasRelease()
                        && to.message().getRelease().getTicket() == was.getTicket());
        Invariants.require("SlotsAreReleasedAtOnce", still != released, taskId);
    }

    /** Nothing of another attempt, round or ticket changes anything. */
    private static void fence(
            String taskId, TaskState was, TaskMemory before, @Nullable TaskMemory after, TaskMessage message) {
        if (message.hasItem()) {
            ItemReply reply = message.getItem();
            boolean fenced = reply.getAttempt() != was.getAttempt() || reply.getRound() != was.getRound();
            Invariants.require("AFencedAttemptChangesNothing", !fenced || before.equals(after), taskId);
        }
        if (message.hasGrant()) {
            boolean other = message.getGrant().getTicket() != was.getTicket();
            Invariants.require("AFencedAttemptChangesNothing", !other || before.equals(after), taskId);
        }
    }

    /** Results are of this task, or of the parent they were taken over from. */
    private void results(String taskId, TaskState state) {
        for (PhaseResult result : state.getResultsList()) {
            String output = result.getOutput().toStringUtf8();
            if (output.isEmpty()) {
                continue;
            }
            boolean forEach = result.getFactsMap().containsKey("total");
            String owner = owner(output);
            boolean nothing = forEach && owner.isEmpty();
            boolean own = owner.equals(taskId);
            Invariants.require(
                    "ResultsAreNeverMixed", nothing || own || ancestor(taskId, owner), taskId + " has " + output);
            Invariants.require(
                    "ResultsAreNeverMixed",
                    nothing || output.contains("/" + result.getPhase() + "/"),
                    taskId + " has " + output);
        }
        for (ItemState item : state.getItemsList()) {
            if (!item.getOutput().isEmpty()) {
                String output = item.getOutput().toStringUtf8();
                Invariants.require(
                        "ResultsAreNeverMixed", output.endsWith("/" + (item.getIndex() + 1) + "\"}"), taskId);
                String owner = owner(output);
                Invariants.require("ResultsAreNeverMixed", owner.equals(taskId) || ancestor(taskId, owner), taskId);
            }
        }
    }

    /** Within one attempt and round nothing that was produced goes away. */
    private static void nothingLost(String taskId, TaskState was, TaskState is) {
        if (was.getAttempt() != is.getAttempt() || was.getRound() != is.getRound()) {
            return;
        }
        Set<String> kept = new HashSet<>();
        is.getResultsList().forEach(result -> kept.add(result.getPhase()));
        for (PhaseResult result : was.getResultsList()) {
            Invariants.require("NoResultIsLost", kept.contains(result.getPhase()), taskId + " " + result.getPhase());
        }
        if (was.getPhaseIndex() == is.getPhaseIndex() && is.getItemsCount() > 0) {
            for (int i = 0; i < Math.min(was.getItemsCount(), is.getItemsCount()); i++) {
                boolean done = !was.getItems(i).getOutput().isEmpty();
                Invariants.require(
                        "NoResultIsLost",
                        !done
                                || is.getItems(i)
                                        .getOutput()
                                        .equals(was.getItems(i).getOutput()),
                        taskId + " item " + i);
            }
        }
    }

    /** Every command is answered once; the end is told in full. */
    private void reports(String taskId, @Nullable TaskState was, TaskMessage message, Decision<TaskMemory> decision) {
        int answers = 0;
        int told = 0;
        int published = 0;
        for (Effect effect : decision.effects()) {
            if (effect instanceof Effect.Tell tell) {
                answers += tell.progress().hasAnswer() ? 1 : 0;
                told += tell.progress().hasStepTaken() ? 1 : 0;
            } else if (effect instanceof Effect.Publish publish) {
                published++;
                if (was != null
                        && EventType.ofWireName(publish.event().getType()).terminal()) {
                    inFull(taskId, was, publish.event());
                }
            }
        }
        boolean first = decision.effects().stream()
                .anyMatch(effect ->
                        effect instanceof Effect.ToTombstones to && to.message().hasLookUp());
        int expected = message.hasLookedUp() || (message.hasCommand() && !first) ? 1 : 0;
        Invariants.require("EveryCommandIsAnsweredOnce", answers == expected, taskId);
        Invariants.require("EveryEventHasItsStep", published == told || published == 0, taskId);
    }

    private void inFull(String taskId, TaskState was, EventRecord event) {
        JsonNode data = MySqlRow.parse(event.getData());
        Set<String> phases = new HashSet<>();
        data.path("phase_results")
                .forEach(result -> phases.add(result.path("phase").asText()));
        boolean back = data.path("round").asInt() != was.getRound();
        for (PhaseResult result : was.getResultsList()) {
            Invariants.require("NoResultIsLost", back || phases.contains(result.getPhase()), taskId + " at its end");
        }
        Phase last = Objects.requireNonNull(definitions
                .workflow(was.getType())
                .map(workflow -> workflow.phase(workflow.phases().size() - 1))
                .orElse(null));
        boolean through = event.getType().equals(EventType.COMPLETED.wireName());
        Invariants.require("NoResultIsLost", !through || phases.contains(last.name()), taskId + " has no last result");
    }

    private boolean ancestor(String taskId, String owner) {
        for (String id = parents.get(taskId); id != null; id = parents.get(id)) {
            if (id.equals(owner)) {
                return true;
            }
        }
        return false;
    }

    /** The first task id that is named; all of a merged output are. */
    private static String owner(String output) {
        int at = output.indexOf("task_");
        return at < 0 ? "" : output.substring(at, output.indexOf('/', at));
    }
}
