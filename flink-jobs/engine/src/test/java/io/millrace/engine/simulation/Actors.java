package io.millrace.engine.simulation;

import com.google.protobuf.ByteString;
import io.millrace.engine.fixture.MySqlRow;
import io.millrace.schemas.task.CampaignId;
import io.millrace.schemas.task.TaskId;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.v1.CancelCampaign;
import io.millrace.schemas.v1.CancelTask;
import io.millrace.schemas.v1.DeleteTask;
import io.millrace.schemas.v1.EventRecord;
import io.millrace.schemas.v1.FinishPhase;
import io.millrace.schemas.v1.PauseTask;
import io.millrace.schemas.v1.RecoverTask;
import io.millrace.schemas.v1.ReportProgress;
import io.millrace.schemas.v1.ResumeTask;
import io.millrace.schemas.v1.Resync;
import io.millrace.schemas.v1.StartCampaign;
import io.millrace.schemas.v1.StartTask;
import io.millrace.schemas.v1.StopTask;
import io.millrace.schemas.v1.SubmitTask;
import io.millrace.schemas.v1.TaskCommand;
import io.millrace.schemas.v1.TaskMemory;
import io.millrace.schemas.v1.TaskSnapshot;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.workflow.Definitions;
import io.millrace.schemas.workflow.Phase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** People and workers: they write commands, among them too late, twice, to the wrong task, and with what MySQL knew long ago. */
final class Actors {
    private static final String[] TYPES = {"poster", "poster_generation", "course", "strict", "train"};
    private static final int TENANTS = 3;

    private final Simulation simulation;
    private final SplittableRandom random;
    private final Definitions definitions;
    private final List<String> ids = new ArrayList<>();
    private int commands;
    /** Tasks of the campaign; none before it was launched. */
    private final Map<String, Integer> rows = new HashMap<>();

    private boolean staleRows = true;

    Actors(Simulation simulation, SplittableRandom random, Definitions definitions) {
        this.simulation = simulation;
        this.random = random;
        this.definitions = definitions;
    }

    /** One command of any kind. */
    void act(int maxTasks) {
        int luck = random.nextInt(100);
        if (luck == 0 && rows.isEmpty() && ids.size() < maxTasks) {
            launch(1 + random.nextInt(maxTasks - ids.size()));
            return;
        }
        if (luck == 1 && !rows.isEmpty()) {
            command(
                    CampaignInvariants.CAMPAIGN.value(),
                    TaskCommand.newBuilder()
                            .setCancelCampaign(CancelCampaign.newBuilder().setReason("not wanted")));
            return;
        }
        if (ids.isEmpty() || (luck < 30 && ids.size() < maxTasks)) {
            submit(null);
        } else if (luck < 35 && ids.size() < maxTasks) {
            derive();
        } else if (luck < 40) {
            repeat();
        } else if (luck < 60) {
            work();
        } else {
            control(ids.get(random.nextInt(ids.size())));
        }
    }

    /** Whoever is paused goes on, so that everything can end. */
    boolean startAllPaused() {
        boolean any = false;
        for (String id : ids) {
            TaskMemory memory = simulation.world.tasks.get(id);
            if (memory != null
                    && memory.hasActive()
                    && memory.getActive().getStatus().equals("paused")) {
                command(id, TaskCommand.newBuilder().setStart(StartTask.getDefaultInstance()));
                any = true;
            }
        }
        return any;
    }

    /** Commands about tasks whose state is gone; by then MySQL is up to date. */
    void afterRetention() {
        staleRows = false;
        for (String id : ids) {
            switch (random.nextInt(4)) {
                case 0 -> command(id, withRow(id).setRecover(RecoverTask.getDefaultInstance()));
                case 1 -> command(id, withRow(id).setStart(StartTask.getDefaultInstance()));
                case 2 -> command(id, withRow(id).setDelete(DeleteTask.getDefaultInstance()));
                default -> command(id, withRow(id).setCancel(CancelTask.getDefaultInstance()));
            }
        }
    }

    private void control(String id) {
        switch (random.nextInt(9)) {
            case 0 ->
                command(
                        id,
                        TaskCommand.newBuilder()
                                .setCancel(CancelTask.newBuilder().setReason("not wanted")));
            case 1 -> command(id, TaskCommand.newBuilder().setPause(PauseTask.getDefaultInstance()));
            case 2 -> command(id, TaskCommand.newBuilder().setResume(ResumeTask.getDefaultInstance()));
            case 3 -> {
                command(id, TaskCommand.newBuilder().setStop(StopTask.getDefaultInstance()));
                if (random.nextBoolean()) {
                    command(id, TaskCommand.newBuilder().setResume(ResumeTask.getDefaultInstance()));
                }
            }
            case 4 -> command(id, withRow(id).setStart(StartTask.getDefaultInstance()));
            case 5, 6 -> command(id, withRow(id).setRecover(RecoverTask.getDefaultInstance()));
            case 7 -> {
                if (random.nextInt(3) == 0) {
                    command(id, withRow(id).setDelete(DeleteTask.getDefaultInstance()));
                }
            }
            default -> command(id, withRow(id).setResync(Resync.getDefaultInstance()));
        }
    }

    /** All rows and the start of the campaign, in any order: they come by different topics. */
    private void launch(int number) {
        int first = simulation.commands.size();
        for (int row = 0; row < number; row++) {
            String id = CampaignInvariants.CAMPAIGN.task(row).value();
            rows.put(id, row);
            submit(id, null);
        }
        command(
                CampaignInvariants.CAMPAIGN.value(),
                TaskCommand.newBuilder()
                        .setStartCampaign(StartCampaign.newBuilder()
                                .setName("campaign")
                                .setTotal(number)
                                .setCreatedAtMs(Simulation.START)));
        if (random.nextBoolean()) {
            Collections.rotate(simulation.commands.subList(first, simulation.commands.size()), 1);
        }
    }

    private void submit(@Nullable EventRecord parent) {
        submit(TaskId.of(Simulation.START, ids.size(), random.nextLong()).value(), parent);
    }

    private void submit(String id, @Nullable EventRecord parent) {
        ids.add(id);
        simulation.invariants.submitted(id);
        int number = ids.size();
        Integer place = rows.get(id);
        SubmitTask.Builder submit = SubmitTask.newBuilder()
                .setType(TYPES[random.nextInt(TYPES.length)])
                .setPriority(random.nextInt(10))
                .setCreatedAtMs(Simulation.START)
                .setCampaignId(place == null ? "" : CampaignInvariants.CAMPAIGN.value())
                .setCampaignRow(place == null ? 0 : place)
                .setInputParams(
                        ByteString.copyFromUtf8("{\"topic\":\"海报 " + number + "\",\"tone\":\"" + number % 2 + "\"}"));
        if (random.nextInt(10) == 0) {
            submit.setEndDeadlineMs(simulation.now + random.nextInt(100_000));
        }
        if (random.nextInt(10) == 0) {
            submit.setStartDeadlineMs(simulation.now + random.nextInt(20_000));
        }
        if (parent != null) {
            TaskSnapshot row = MySqlRow.of(parent);
            submit.setType(row.getType()).setParentTaskId(parent.getTaskId()).addAllReusable(row.getResultsList());
            if (random.nextBoolean()) {
                submit.setInputParams(row.getInputParams());
            }
            simulation.invariants.derived(id, parent.getTaskId());
        }
        if (random.nextInt(12) == 0) {
            command(
                    id,
                    TaskCommand.newBuilder().setCancel(CancelTask.newBuilder().setReason("early")));
        }
        command(id, TaskCommand.newBuilder().setSubmit(submit));
    }

    private void derive() {
        List<EventRecord> ended = simulation.mysql.ended();
        submit(ended.isEmpty() ? null : ended.get(random.nextInt(ended.size())));
    }

    private void repeat() {
        if (!simulation.commands.isEmpty()) {
            simulation.commands.add(simulation.commands.get(random.nextInt(simulation.commands.size())));
        }
    }

    /** A worker of an external phase, sometimes of an attempt that is over. */
    private void work() {
        for (String id : ids) {
            TaskMemory memory = simulation.world.tasks.get(id);
            if (memory == null || !memory.hasActive() || random.nextInt(3) == 0) {
                continue;
            }
            TaskState state = memory.getActive();
            Phase phase = definitions.workflow(state.getType()).orElseThrow().phase(Math.max(0, state.getPhaseIndex()));
            if (phase.flow().external() == null) {
                continue;
            }
            int attempt = random.nextInt(5) == 0 ? state.getAttempt() - 1 : state.getAttempt();
            if (random.nextBoolean()) {
                command(
                        id,
                        TaskCommand.newBuilder()
                                .setReport(ReportProgress.newBuilder()
                                        .setAttempt(attempt)
                                        .setPhase("epoch " + random.nextInt(5))
                                        .setPercentage(random.nextInt(20) == 0 ? -1 : random.nextInt(101))));
                continue;
            }
            command(
                    id,
                    TaskCommand.newBuilder()
                            .setFinish(FinishPhase.newBuilder()
                                    .setAttempt(attempt)
                                    .setPhase(phase.name())
                                    .setOutput(Endpoint.output(id, phase.name(), state.getRound(), 0))));
        }
    }

    /** With what MySQL knows now, or knew once, or with nothing. */
    private TaskCommand.Builder withRow(String id) {
        List<EventRecord> known = simulation.mysql.full(id);
        if (known.isEmpty() || random.nextInt(10) == 0) {
            return TaskCommand.newBuilder();
        }
        int stale = staleRows && random.nextInt(5) == 0 ? random.nextInt(known.size()) : known.size() - 1;
        return TaskCommand.newBuilder().setSnapshot(simulation.mysql.row(id, known.get(stale)));
    }

    private void command(String id, TaskCommand.Builder command) {
        simulation.commands.add(command.setTaskId(id)
                .setUserId(owner(id))
                .setCommandId("c" + ++commands)
                .build());
    }

    /** Rows belong to whom the campaign belongs. */
    private String owner(String id) {
        boolean ofCampaign = rows.containsKey(id) || CampaignId.isCampaignId(id);
        return "user-" + (ofCampaign ? 0 : Math.floorMod(id.hashCode(), TENANTS));
    }

    static boolean terminal(EventRecord event) {
        return EventType.ofWireName(event.getType()).terminal();
    }
}
