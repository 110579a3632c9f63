package io.millrace.engine.task;

import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.schemas.v1.LookedUp;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.v1.TombstoneMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link TaskMachine} whose tombstones stand on pages of many, see {@link TombstonePageMachine}. Each command goes to the page first
 * and comes back with what the page knows, also where the task is known here: one that went straight in would overtake those before
 * it that are still on their way from the page. A tombstone stays here until the page has said that it keeps it: commands that went to
 * the page before would come back with what it knew then.
 */
public final class PagedTaskMachine {
    private final TaskMachine machine;
    private final boolean moves;

    /** @param moves whether tombstones move to pages; otherwise they stay here, and pages are only asked */
    public PagedTaskMachine(TaskMachine machine, boolean moves) {
        this.machine = machine;
        this.moves = moves;
    }

    /** @param kept what the last decision about this task kept; null when nothing is known of it here */
    public Decision<TaskMemory> decide(String taskId, @Nullable TaskMemory kept, TaskMessage message, Moment moment) {
        return switch (message.getBodyCase()) {
            case COMMAND ->
                new Decision<>(
                        kept,
                        List.of(new Effect.ToTombstones(
                                taskId,
                                TombstoneMessage.newBuilder()
                                        .setTaskId(taskId)
                                        .setLookUp(message.getCommand())
                                        .build())));
            case LOOKED_UP -> lookedUp(taskId, kept, message.getLookedUp(), moment);
            case KEPT -> {
                boolean last =
                        kept != null && kept.hasEnded() && kept.getEnded().equals(message.getKept());
                yield new Decision<>(last ? null : kept, List.of());
            }
            case GRANT, ITEM, TIMER, STILL_THERE, BODY_NOT_SET ->
                moved(taskId, kept, machine.decide(taskId, kept, message, moment));
        };
    }

    /** As {@link TaskMachine#fail}. */
    public Decision<TaskMemory> fail(String taskId, TaskMemory memory, String cause, Moment moment) {
        return moved(taskId, memory, machine.fail(taskId, memory, cause, moment));
    }

    private Decision<TaskMemory> lookedUp(String taskId, @Nullable TaskMemory kept, LookedUp found, Moment moment) {
        TaskMessage command =
                TaskMessage.newBuilder().setCommand(found.getCommand()).build();
        if (kept != null || !found.hasTombstone()) {
            return moved(taskId, kept, machine.decide(taskId, kept, command, moment));
        }
        TaskMemory onPage =
                TaskMemory.newBuilder().setEnded(found.getTombstone()).build();
        Decision<TaskMemory> decision = machine.decide(taskId, onPage, command, moment);
        return decision.state() == onPage ? new Decision<>(null, decision.effects()) : moved(taskId, null, decision);
    }

    private Decision<TaskMemory> moved(String taskId, @Nullable TaskMemory before, Decision<TaskMemory> decision) {
        TaskMemory after = decision.state();
        if (!moves || after == null || !after.hasEnded() || after == before) {
            return decision;
        }
        List<Effect> effects = new ArrayList<>(decision.effects());
        effects.add(new Effect.ToTombstones(
                taskId,
                TombstoneMessage.newBuilder()
                        .setTaskId(taskId)
                        .setKeep(after.getEnded())
                        .build()));
        return new Decision<>(after, effects);
    }
}
