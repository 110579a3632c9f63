package io.millrace.engine.simulation;

import com.google.protobuf.MessageLite;
import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.engine.batch.BatchDecision;
import io.millrace.engine.batch.BatchLimits;
import io.millrace.engine.batch.BatchMachine;
import io.millrace.engine.batch.Gathered;
import io.millrace.engine.campaign.CampaignLimits;
import io.millrace.engine.campaign.CampaignMachine;
import io.millrace.engine.lane.LaneMachine;
import io.millrace.engine.lane.PageMachine;
import io.millrace.engine.task.PagedTaskMachine;
import io.millrace.engine.task.TaskLimits;
import io.millrace.engine.task.TaskMachine;
import io.millrace.engine.task.TombstonePageMachine;
import io.millrace.schemas.task.CampaignId;
import io.millrace.schemas.v1.BatchMessage;
import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.CampaignMessage;
import io.millrace.schemas.v1.CampaignState;
import io.millrace.schemas.v1.EventRecord;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.v1.LaneState;
import io.millrace.schemas.v1.PageState;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.v1.TombstoneMessage;
import io.millrace.schemas.v1.TombstonePage;
import io.millrace.schemas.workflow.Definitions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Runs the machines against a world that delays, fails, crashes and restores, and shows every decision to the invariants. */
final class Simulation {
    static final long START = 1_760_000_000_000L;
    /** Retention is short enough to see what comes after it, and long enough for every submit to be taken in. */
    static final TaskLimits LIMITS = new TaskLimits(
            Duration.ofDays(7), Duration.ofMinutes(10), Duration.ofSeconds(5), Duration.ofSeconds(5), 256 * 1024);
    /** Many times what a run has at once: more are leaked, and each look at them takes longer. */
    private static final int MAX_ALARMS = 5_000;
    /** Chunks are small enough that a cancel takes several, with rows that end and crashes in between. */
    private static final CampaignLimits CAMPAIGN_LIMITS =
            new CampaignLimits(Duration.ofSeconds(1), 3, Duration.ofMillis(50), Duration.ofHours(24));

    final SplittableRandom random;
    final List<TaskCommand> commands = new ArrayList<>();
    final List<EventRecord> committed = new ArrayList<>();
    final MySql mysql = new MySql();
    final Invariants invariants;
    final Actors actors;
    World world = new World();
    long now = START;
    long epoch = 1;

    private final PagedTaskMachine tasks;
    private final TombstonePageMachine tombstones = new TombstonePageMachine();
    private final LaneMachine lanes;
    private final PageMachine pages = new PageMachine();
    private final BatchMachine batches;
    private final CampaignMachine campaigns = new CampaignMachine(CAMPAIGN_LIMITS);
    private final Endpoint endpoint;
    private World checkpoint = new World();

    Simulation(long seed, Definitions definitions) {
        this.random = new SplittableRandom(seed);
        // Half of the runs keep tombstones as RocksDB has them.
        this.tasks = new PagedTaskMachine(new TaskMachine(definitions, LIMITS), seed % 2 == 0);
        this.lanes = new LaneMachine(definitions);
        this.batches = new BatchMachine(BatchLimits.of(definitions, 2));
        this.endpoint = new Endpoint(random.split());
        this.invariants = new Invariants(definitions);
        this.actors = new Actors(this, random.split(), definitions);
    }

    /** One thing happens. @return false when nothing is left to happen */
    boolean step() {
        int chosen = random.nextInt(100);
        if (chosen < 2) {
            takeCheckpoint();
            return true;
        }
        if (chosen == 2 && random.nextInt(4) == 0) {
            crash();
            return true;
        }
        if (chosen < 15 && readCommand()) {
            return true;
        }
        if (chosen < 30 && answerCall()) {
            return true;
        }
        return deliver() || answerCall() || readCommand() || ring();
    }

    /** Runs until nothing is left to do, without further crashes. */
    void settle() {
        int rounds = 0;
        do {
            quiet(3_600_000);
            if (++rounds > 1_000) {
                throw new AssertionError("does not settle: something is always paused");
            }
        } while (actors.startAllPaused());
        takeCheckpoint();
    }

    /** Lets retention end. */
    void forget() {
        now += LIMITS.retention().toMillis();
        world.tasks.values().removeIf(this::expired);
        // Nothing has been added to a page for a retention.
        world.tombstones.clear();
        takeCheckpoint();
    }

    private boolean expired(TaskMemory memory) {
        return memory.hasEnded() && memory.getEnded().getExpiresAtMs() <= now;
    }

    private void quiet(long horizon) {
        int steps = 0;
        while (deliver() || readCommand() || answerCall() || ringBefore(now + horizon)) {
            if (++steps > 200_000 || world.alarms.size() > MAX_ALARMS) {
                throw new AssertionError("does not settle: " + steps + " steps, " + world.alarms.size() + " alarms");
            }
        }
    }

    void takeCheckpoint() {
        committed.addAll(world.uncommitted);
        invariants.committed(world.uncommitted);
        world.uncommitted.forEach(mysql::committed);
        world.uncommitted.clear();
        checkpoint = world.copy();
        invariants.check(world);
    }

    private void crash() {
        world = checkpoint.copy();
        epoch++;
        now += random.nextInt(3) == 0 ? 60_000 + random.nextInt(600_000) : random.nextInt(3_000);
    }

    private boolean readCommand() {
        if (world.commandsRead == commands.size()) {
            return false;
        }
        TaskCommand command = commands.get(world.commandsRead++);
        String id = command.getTaskId();
        if (CampaignId.isCampaignId(id)) {
            world.send(
                    "source",
                    "c:" + id,
                    CampaignMessage.newBuilder().setCommand(command).build());
        } else {
            // Rows of a campaign come by a topic of their own: nothing orders them and its start.
            world.send(
                    "source",
                    "t:" + id,
                    TaskMessage.newBuilder().setCommand(command).build());
        }
        return true;
    }

    private boolean deliver() {
        if (world.channels.isEmpty()) {
            return false;
        }
        List<World.Channel> pairs = new ArrayList<>(world.channels.keySet());
        World.Channel pair = pairs.get(random.nextInt(pairs.size()));
        java.util.Deque<MessageLite> queue = java.util.Objects.requireNonNull(world.channels.get(pair));
        MessageLite message = queue.remove();
        if (queue.isEmpty()) {
            world.channels.remove(pair);
        }
        invoke(pair.to(), message);
        now += random.nextInt(3);
        return true;
    }

    private boolean answerCall() {
        if (world.calls.isEmpty()) {
            return false;
        }
        World.Call call = world.calls.remove(random.nextInt(world.calls.size()));
        now += endpoint.delay(call.request(), now);
        BatchReply reply = endpoint.answer(call.request(), now);
        world.send(
                "remote",
                call.batcher(),
                BatchMessage.newBuilder().setReply(reply).build());
        return true;
    }

    /** Timers of the next hour; deadlines a day away would only make time jump over everything else. */
    private boolean ring() {
        return ringBefore(now + 3_600_000);
    }

    private boolean ringBefore(long latest) {
        World.Alarm next = world.alarms.stream()
                .min(java.util.Comparator.comparingLong(World.Alarm::dueMillis))
                .orElse(null);
        if (next == null || next.dueMillis() > latest) {
            return false;
        }
        world.alarms.remove(next);
        now = Math.max(now, next.dueMillis()) + (random.nextInt(10) == 0 ? 20_000 : 0);
        world.send(next.address(), next.address(), next.message());
        return true;
    }

    private void invoke(String address, MessageLite message) {
        Moment moment = new Moment(now, epoch);
        String id = address.substring(2);
        switch (address.charAt(0)) {
            case 't' -> {
                TaskMemory before = world.tasks.get(id);
                Decision<TaskMemory> decision = tasks.decide(id, before, (TaskMessage) message, moment);
                keep(world.tasks, id, decision.state());
                invariants.decided(world, id, before, (TaskMessage) message, decision);
                decision.effects().forEach(effect -> apply(address, effect));
            }
            case 'e' -> {
                Decision<TombstonePage> decision =
                        tombstones.decide(world.tombstones.get(id), (TombstoneMessage) message, moment);
                keep(world.tombstones, id, decision.state());
                decision.effects().forEach(effect -> apply(address, effect));
            }
            case 'l' -> {
                int slash = id.indexOf('/');
                if (slash >= 0) {
                    Decision<PageState> decision = pages.decide(
                            id.substring(0, slash),
                            Long.parseLong(id.substring(slash + 1)),
                            world.pages.get(id),
                            (LaneMessage) message);
                    keep(world.pages, id, decision.state());
                    decision.effects().forEach(effect -> apply(address, effect));
                    return;
                }
                Decision<LaneState> decision = lanes.decide(id, world.lanes.get(id), (LaneMessage) message, moment);
                keep(world.lanes, id, decision.state());
                decision.effects().forEach(effect -> apply(address, effect));
            }
            case 'c' -> {
                Decision<CampaignState> decision =
                        campaigns.decide(id, world.campaigns.get(id), (CampaignMessage) message, moment);
                keep(world.campaigns, id, decision.state());
                decision.effects().forEach(effect -> apply(address, effect));
            }
            default -> {
                BatchDecision decision =
                        batches.decide(id, world.batches.get(id), (BatchMessage) message, () -> waiting(id), moment);
                world.batches.put(id, decision.state());
                if (decision.gathered() instanceof Gathered.Append append) {
                    waiting(id).add(append.item());
                } else if (decision.gathered() instanceof Gathered.Replace replace) {
                    world.gathered.put(id, new ArrayList<>(replace.items()));
                }
                decision.effects().forEach(effect -> apply(address, effect));
            }
        }
    }

    private List<io.millrace.schemas.v1.InferenceItem> waiting(String batcher) {
        return world.gathered.computeIfAbsent(batcher, id -> new ArrayList<>());
    }

    private void apply(String from, Effect effect) {
        if (effect instanceof Effect.ToTask to) {
            world.send(from, "t:" + to.taskId(), to.message());
        } else if (effect instanceof Effect.ToTombstones to) {
            world.send(from, "e:" + to.taskId().hashCode() % 3, to.message());
        } else if (effect instanceof Effect.ToLane to) {
            world.send(from, "l:" + to.lane(), to.message());
        } else if (effect instanceof Effect.ToPage to) {
            world.send(from, "l:" + to.lane() + "/" + to.page(), to.message());
        } else if (effect instanceof Effect.ToBatcher to) {
            world.send(from, "b:" + to.function(), to.message());
        } else if (effect instanceof Effect.ToSelf<?> to) {
            world.send(from, from, (MessageLite) to.message());
        } else if (effect instanceof Effect.Wake<?> wake) {
            // The later of two with one token takes the place of the earlier, as the shell does it.
            silence(from, wake.token());
            world.alarms.add(
                    new World.Alarm(from, wake.token(), now + wake.delay().toMillis(), (MessageLite) wake.message()));
        } else if (effect instanceof Effect.CancelWake cancel) {
            silence(from, cancel.token());
        } else if (effect instanceof Effect.CallRemote call) {
            world.calls.add(new World.Call(from, call.request()));
        } else if (effect instanceof Effect.Publish publish) {
            world.uncommitted.add(publish.event());
        } else if (effect instanceof Effect.ToCampaign to) {
            invariants.campaigns.toCampaign(world, to.message());
            world.send(from, "c:" + to.campaignId(), to.message());
        } else if (effect instanceof Effect.Tell tell) {
            invariants.told(tell.progress(), epoch);
        }
    }

    private void silence(String address, String token) {
        world.alarms.removeIf(alarm -> !token.isEmpty()
                && alarm.address().equals(address)
                && alarm.token().equals(token));
    }

    private static <V> void keep(java.util.Map<String, V> map, String id, @Nullable V value) {
        if (value == null) {
            map.remove(id);
            return;
        }
        map.put(id, value);
    }
}
