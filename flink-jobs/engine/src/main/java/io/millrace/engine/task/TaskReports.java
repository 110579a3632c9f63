package io.millrace.engine.task;

import com.google.protobuf.ByteString;
import io.millrace.engine.Effect;
import io.millrace.engine.json.JsonBytes;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.v1.CommandAnswer;
import io.millrace.schemas.v1.EventRecord;
import io.millrace.schemas.v1.LogLine;
import io.millrace.schemas.v1.PhaseTiming;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.Step;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.workflow.Workflow;
import java.util.Arrays;
import java.util.Map;

/** What a task tells the world: a step on the progress topic, an event on the events topic, in that pair but for {@link #noted}. */
final class TaskReports {
    private TaskReports() {}

    /** The task as it was taken in, with everything later reports leave out. */
    static void submitted(TaskDraft draft) {
        TaskState.Builder state = draft.state;
        next(draft);
        JsonBytes json = header(draft);
        FullReport.origin(json, state).raw("input_params", state.getInputParams());
        publish(draft, EventType.SUBMITTED, json);
        tell(draft, step(draft).setInputParams(state.getInputParams()));
    }

    static void started(TaskDraft draft) {
        next(draft);
        JsonBytes json = header(draft).time("started_at", draft.state.getStartedAtMs());
        publish(draft, EventType.STARTED, json);
        tell(draft, step(draft));
    }

    static void phaseCompleted(TaskDraft draft, PhaseTiming timing, Map<String, String> facts) {
        next(draft);
        ByteString details = facts(facts);
        JsonBytes json = header(draft)
                .text("completed_phase", timing.getPhase())
                .number("round", timing.getRound())
                .number("compute_ms", timing.getComputeMs())
                .number("duration_ms", timing.getEndedAtMs() - timing.getStartedAtMs())
                .raw("facts", details);
        if (timing.getBatchSize() > 0) {
            json.number("batch_size", timing.getBatchSize());
        }
        publish(draft, EventType.PHASE_COMPLETED, json);
        tell(draft, step(draft).setDetails(details));
    }

    /** Items of a for_each phase moved the bar. */
    static void itemsCompleted(TaskDraft draft, FanOutItems.Counts counts) {
        next(draft);
        JsonBytes json = header(draft)
                .number("items_done", counts.done())
                .number("items_failed", counts.failed())
                .number("items_total", counts.total());
        publish(draft, EventType.ITEMS_COMPLETED, json);
        tell(
                draft,
                step(draft)
                        .setItemsDone(counts.done())
                        .setItemsFailed(counts.failed())
                        .setItemsTotal(counts.total()));
    }

    /** An external worker reported. */
    static void progressed(TaskDraft draft, ByteString details) {
        next(draft);
        JsonBytes json = header(draft).raw("details", details);
        publish(draft, EventType.PROGRESSED, json);
        tell(draft, step(draft).setDetails(details));
    }

    /** An ended or stuck task waits again; with its parameters, because rows other than its own are made anew from them. */
    static void recovered(TaskDraft draft) {
        next(draft);
        JsonBytes json = header(draft).raw("input_params", draft.state.getInputParams());
        publish(draft, EventType.RECOVERED, json);
        tell(draft, step(draft));
    }

    /** The task waits, is paused or goes on; the header says it all. */
    static void moved(TaskDraft draft, EventType type) {
        next(draft);
        publish(draft, type, header(draft));
        tell(draft, step(draft));
    }

    /** Something to be shown that is no change of the public state: a step without an event. */
    static void noted(TaskDraft draft) {
        draft.state.setStep(draft.state.getStep() + 1);
        tell(draft, step(draft));
    }

    static void deleted(TaskDraft draft) {
        next(draft);
        publish(draft, EventType.DELETED, header(draft));
        tell(draft, step(draft).setDeleted(true));
    }

    /** The task in full, as it is. */
    static void snapshot(TaskDraft draft) {
        next(draft);
        JsonBytes json = header(draft, FullReport.size(draft.state, ByteString.EMPTY));
        publish(draft, EventType.SNAPSHOT, FullReport.add(json, draft.state, ByteString.EMPTY));
        tell(
                draft,
                step(draft).setInputParams(draft.state.getInputParams()).addAllTimings(draft.state.getTimingsList()));
    }

    /** How a task ended that is no longer kept in full: what is left out here stays as the reader knows it. */
    static void remembered(TaskDraft draft) {
        next(draft);
        publish(draft, EventType.SNAPSHOT, FullReport.origin(header(draft), draft.state));
        tell(draft, step(draft));
    }

    /** The last word of an attempt, in full: a recovery, a derivative and MySQL go on from it. */
    static void ended(TaskDraft draft, EventType type, ByteString result) {
        TaskState.Builder state = draft.state;
        next(draft);
        JsonBytes json = header(draft, FullReport.size(state, result));
        publish(draft, type, FullReport.add(json, state, result));
        Step.Builder step = step(draft)
                .setResult(result)
                .setCancelReason(state.getCancelReason())
                .addAllTimings(state.getTimingsList());
        if (state.hasError()) {
            step.setError(state.getError());
        }
        tell(draft, step);
    }

    /** The answer to a command about a task; not a step, and not held back by a checkpoint. */
    static Effect answer(String taskId, String userId, long now, CommandAnswer answer) {
        return new Effect.Tell(Progress.newBuilder()
                .setTaskId(taskId)
                .setUserId(userId)
                .setTimeMs(now)
                .setAnswer(answer)
                .build());
    }

    private static void next(TaskDraft draft) {
        draft.state.setVersion(draft.state.getVersion() + 1).setStep(draft.state.getStep() + 1);
    }

    private static JsonBytes header(TaskDraft draft) {
        return header(draft, 512);
    }

    private static JsonBytes header(TaskDraft draft, int expectedBytes) {
        TaskState.Builder state = draft.state;
        return new JsonBytes(expectedBytes)
                .text("task_id", draft.taskId)
                .text("user_id", state.getUserId())
                .text("type", state.getType())
                .number("version", state.getVersion())
                .number("attempt", state.getAttempt())
                .number("step", state.getStep())
                .text("status", state.getStatus())
                .text("phase", TaskWords.phase(draft))
                .number("progress", state.getProgress())
                .text("message", TaskWords.message(draft))
                .number("time", draft.now());
    }

    private static Step.Builder step(TaskDraft draft) {
        TaskState.Builder state = draft.state;
        Workflow workflow = draft.workflow;
        return Step.newBuilder()
                .setStatus(state.getStatus())
                .setPhase(TaskWords.phase(draft))
                .setProgress(state.getProgress())
                .setMessage(TaskWords.message(draft))
                .setVersion(state.getVersion())
                .setType(state.getType())
                .setPriority(state.getPriority())
                .setProjectId(state.getProjectId())
                .setCreatedAtMs(state.getCreatedAtMs())
                .setStartedAtMs(state.getStartedAtMs())
                .setCompletedAtMs(state.getCompletedAtMs())
                .setPauseRequested(state.getPauseRequested())
                .addAllReusedPhases(state.getReusedPhasesList())
                .setNextMark(state.getPhaseIndex() < 0 ? 0 : workflow.markAfter(state.getPhaseIndex()))
                .setCustomId(state.getCustomId())
                .setParentTaskId(state.getParentTaskId());
    }

    private static void tell(TaskDraft draft, Step.Builder step) {
        TaskState.Builder state = draft.state;
        draft.add(new Effect.Tell(Progress.newBuilder()
                .setTaskId(draft.taskId)
                .setUserId(state.getUserId())
                .setCampaignId(state.getCampaignId())
                .setAttempt(state.getAttempt())
                .setStep(state.getStep())
                .setTimeMs(draft.now())
                .setTraceparent(state.getTraceparent())
                .setStepTaken(step)
                .build()));
    }

    private static void publish(TaskDraft draft, EventType type, JsonBytes json) {
        TaskState.Builder state = draft.state;
        if (state.getLinesCount() > 0) {
            lines(json, state);
        }
        draft.add(new Effect.Publish(EventRecord.newBuilder()
                .setTaskId(draft.taskId)
                .setType(type.wireName())
                .setVersion(state.getVersion())
                .setTimeMs(draft.now())
                .setTraceparent(state.getTraceparent())
                .setUserId(state.getUserId())
                .setData(json.build())
                .build()));
    }

    /** What functions logged since the last event goes with this one. */
    private static void lines(JsonBytes json, TaskState.Builder state) {
        json.openList("lines");
        for (LogLine line : state.getLinesList()) {
            json.openItem()
                    .text("level", line.getLevel())
                    .text("message", line.getMessage())
                    .number("time", line.getTimeMs())
                    .close();
        }
        json.closeList();
        state.clearLines();
    }

    private static ByteString facts(Map<String, String> facts) {
        return facts.isEmpty()
                ? ByteString.EMPTY
                : facts(new JsonBytes(256), facts).build();
    }

    /** Sorted, so that the same facts are the same bytes. */
    static JsonBytes facts(JsonBytes json, Map<String, String> facts) {
        String[] names = facts.keySet().toArray(new String[0]);
        Arrays.sort(names);
        for (String name : names) {
            json.text(name, facts.getOrDefault(name, ""));
        }
        return json;
    }
}
