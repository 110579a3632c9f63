package io.millrace.engine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.fixture.MySqlRow;
import io.millrace.schemas.task.CampaignId;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.v1.EventRecord;
import io.millrace.schemas.v1.LaneState;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.workflow.Definitions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold whatever happens. Each has a name, which a failure begins with. */
final class Invariants {
    private final Definitions definitions;
    private final TaskInvariants tasks;
    final CampaignInvariants campaigns = new CampaignInvariants();
    private final Map<String, Progress> lastTold = new HashMap<>();
    private final Map<String, Long> toldEpoch = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final Map<String, EventType> lastEvent = new HashMap<>();
    private final Set<String> submitted = new HashSet<>();

    Invariants(Definitions definitions) {
        this.definitions = definitions;
        this.tasks = new TaskInvariants(definitions);
    }

    static void require(String invariant, boolean holds, String taskId) {
        if (!holds) {
            throw new AssertionError(invariant + ": " + taskId);
        }
    }

    static String of(String taskId, String phase, int round, int item) {
        return taskId + "/" + phase + "/" + round + (item > 0 ? "/" + item : "");
    }

    /** Somebody asked for it: it must be heard of. */
    void submitted(String taskId) {
        submitted.add(taskId);
    }

    void derived(String taskId, String parent) {
        tasks.derived(taskId, parent);
    }

    void decided(
            World world,
            String taskId,
            @Nullable TaskMemory before,
            TaskMessage message,
            Decision<TaskMemory> decision) {
        tasks.decided(taskId, before, message, decision);
        for (Effect effect : decision.effects()) {
            if (effect instanceof Effect.ToLane to && to.message().hasEnqueue()) {
                long ticket = to.message().getEnqueue().getTicket();
                Long last = world.tickets.put(taskId, ticket);
                require("NoTicketIsUsedTwice", last == null || last < ticket, taskId);
            }
        }
    }

    /** Steps count up and the bar never goes back, within an epoch and an attempt. */
    void told(Progress progress, long epoch) {
        if (progress.hasCampaign()) {
            campaigns.told(progress);
        }
        if (!progress.hasStepTaken()) {
            return;
        }
        String taskId = progress.getTaskId();
        Progress last = lastTold.put(taskId, progress);
        Long lastEpoch = toldEpoch.put(taskId, epoch);
        if (last != null && lastEpoch != null && lastEpoch == epoch) {
            require("StepsHaveNoGaps", progress.getStep() == last.getStep() + 1, taskId);
            // What is told of a task after its end is what its tombstone still knows.
            boolean ended =
                    TaskStatus.ofWireName(last.getStepTaken().getStatus()).terminal();
            require(
                    "ProgressNeverGoesBack",
                    ended
                            || progress.getAttempt() > last.getAttempt()
                            || progress.getStepTaken().getProgress()
                                    >= last.getStepTaken().getProgress(),
                    taskId);
        }
    }

    /** The public events of each task. */
    void committed(List<EventRecord> events) {
        for (EventRecord event : events) {
            String taskId = event.getTaskId();
            long expected = versions.getOrDefault(taskId, 0L) + 1;
            require("VersionsHaveNoGaps", event.getVersion() == expected, taskId);
            versions.put(taskId, expected);
            EventType type = EventType.ofWireName(event.getType());
            if (CampaignId.isCampaignId(taskId)) {
                campaigns.committed(event.getVersion(), type);
                continue;
            }
            EventType last = lastEvent.get(taskId);
            require("SubmittedComesFirst", (last == null) == (type == EventType.SUBMITTED), taskId);
            require("NothingFollowsTheEnd", last != EventType.DELETED, taskId);
            if (last != null && last.terminal()) {
                require(
                        "NothingFollowsTheEnd",
                        type == EventType.RECOVERED || type == EventType.DELETED || type == EventType.SNAPSHOT,
                        taskId + " " + type);
            }
            JsonNode data = MySqlRow.parse(event.getData());
            require("EventsNameTheirTask", data.path("task_id").asText().equals(taskId), taskId);
            // A snapshot of an ended task leaves it ended.
            if (!(type == EventType.SNAPSHOT && last != null)) {
                lastEvent.put(taskId, type);
            }
        }
    }

    /** At a checkpoint. */
    void check(World world) {
        for (World.Alarm alarm : world.alarms) {
            if (alarm.address().startsWith("t:")) {
                String taskId = alarm.address().substring(2);
                TaskMemory memory = world.tasks.get(taskId);
                require("NoTimerOutlivesItsTask", memory != null && memory.hasActive(), taskId);
            }
        }
        world.lanes.forEach((lane, state) -> {
            require(
                    "SlotsNeverExceedTheLimit",
                    state.getHoldersCount() <= definitions.lane(lane).concurrency(),
                    lane);
            Set<String> holders = new HashSet<>();
            state.getHoldersList()
                    .forEach(holder -> require(
                            "SlotsNeverExceedTheLimit",
                            holders.add(holder.getTaskId() + "/" + holder.getTicket()),
                            holder.getTaskId()));
        });
    }

    /** After everything has settled: all tasks have ended, nothing is held, nothing waits. */
    void settled(World world) {
        submitted.forEach(
                taskId -> require("EveryTaskEndsOnce", lastEvent.containsKey(taskId), taskId + " has no event"));
        lastEvent.forEach((taskId, type) ->
                require("EveryTaskEndsOnce", type.terminal() || type == EventType.DELETED, taskId + " " + type));
        for (Map.Entry<String, LaneState> lane : world.lanes.entrySet()) {
            require("SlotsNeverLeak", lane.getValue().getHoldersCount() == 0, lane.getKey());
            require("SlotsNeverLeak", lane.getValue().getWaiting() == 0, lane.getKey());
        }
        require("SlotsNeverLeak", world.pages.isEmpty(), "pages");
        world.batches.forEach((id, state) -> {
            require("SlotsNeverLeak", state.getBusy() == 0, "batcher " + id);
            require("SlotsNeverLeak", state.getGathered() == 0, "items of batcher " + id);
        });
        campaigns.settled(world, lastEvent);
    }

    /** After retention nothing is left of any task. */
    void forgotten(World world) {
        require(
                "NothingIsKeptAfterRetention",
                world.tasks.isEmpty(),
                world.tasks.keySet().toString());
    }
}
