package io.millrace.engine.task;

import com.google.protobuf.ByteString;
import io.millrace.engine.json.JsonBytes;
import io.millrace.schemas.v1.ItemOutcome;
import io.millrace.schemas.v1.PhaseResult;
import io.millrace.schemas.v1.PhaseTiming;
import io.millrace.schemas.v1.TaskError;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.v1.TaskStateOrBuilder;
import java.util.BitSet;
import java.util.List;

/** The part of an event that holds the whole task. */
final class FullReport {
    /** Outputs of all phases together; beyond it the largest are left out, and computed again should they be needed. */
    static final int MAX_OUTPUT_BYTES = 512 * 1024;

    private FullReport() {}

    /** About what it takes, so that the outputs are not copied while it grows. */
    static int size(TaskStateOrBuilder state, ByteString result) {
        long size = 4096L + state.getInputParams().size() + result.size();
        for (PhaseResult phase : state.getResultsList()) {
            size += size(phase) + 512;
        }
        return (int) Math.min(size, MAX_OUTPUT_BYTES);
    }

    static JsonBytes add(JsonBytes json, TaskState.Builder state, ByteString result) {
        origin(json, state)
                .raw("input_params", state.getInputParams())
                .time("started_at", state.getStartedAtMs())
                .time("completed_at", state.getCompletedAtMs())
                .text("cancel_reason", state.getCancelReason())
                .number("compute_ms", state.getComputeMs())
                .number("round", state.getRound())
                .texts("reused_phases", state.getReusedPhasesList())
                .raw("result", result);
        if (state.hasError()) {
            TaskError error = state.getError();
            json.open("error")
                    .text("code", error.getCode())
                    .text("message", error.getMessage())
                    .text("phase", error.getPhase())
                    .raw("details", error.getDetails())
                    .close();
        }
        timings(json, state);
        return results(json, state.getResultsList());
    }

    /** What was given when the task was submitted. */
    static JsonBytes origin(JsonBytes json, TaskStateOrBuilder state) {
        json.number("workflow_version", state.getWorkflowVersion())
                .number("priority", state.getPriority())
                .text("project_id", state.getProjectId())
                .text("campaign_id", state.getCampaignId())
                .text("custom_id", state.getCustomId())
                .text("parent_task_id", state.getParentTaskId())
                .time("created_at", state.getCreatedAtMs());
        return state.getCampaignId().isEmpty() ? json : json.number("campaign_row", state.getCampaignRow());
    }

    private static void timings(JsonBytes json, TaskState.Builder state) {
        json.openList("timings");
        for (PhaseTiming timing : state.getTimingsList()) {
            json.openItem()
                    .text("phase", timing.getPhase())
                    .number("started_at", timing.getStartedAtMs())
                    .number("ended_at", timing.getEndedAtMs())
                    .number("round", timing.getRound())
                    .number("compute_ms", timing.getComputeMs())
                    .close();
        }
        json.closeList();
    }

    private static JsonBytes results(JsonBytes json, List<PhaseResult> results) {
        BitSet shown = thatFit(results);
        json.openList("phase_results");
        for (int i = 0; i < results.size(); i++) {
            PhaseResult result = results.get(i);
            json.openItem()
                    .text("phase", result.getPhase())
                    .number("round", result.getRound())
                    .hex("input_hash", result.getInputHash())
                    // Where the items are named each output is in one of them: together they are the whole, see
                    // FanOutItems.whole.
                    .raw("output", shown.get(i) && result.getItemsCount() == 0 ? result.getOutput() : ByteString.EMPTY);
            if (result.getFactsCount() > 0) {
                TaskReports.facts(json.open("facts"), result.getFactsMap()).close();
            }
            if (result.getItemsCount() > 0) {
                items(json, result.getItemsList(), shown.get(i));
            }
            json.close();
        }
        return json.closeList();
    }

    /** Of very many that failed only the first tell why: a thousand messages would not fit into a record. */
    private static void items(JsonBytes json, List<ItemOutcome> items, boolean withOutputs) {
        json.openList("items");
        int failed = 0;
        for (ItemOutcome item : items) {
            json.openItem()
                    .number("index", item.getIndex())
                    .raw("output", withOutputs ? item.getOutput() : ByteString.EMPTY);
            if (item.hasError()) {
                failed++;
                json.open("error").text("code", item.getError().getCode());
                if (failed <= TaskEnding.ITEMS_NAMED) {
                    json.text("message", item.getError().getMessage());
                }
                json.close();
            }
            json.close();
        }
        json.closeList();
    }

    private static BitSet thatFit(List<PhaseResult> results) {
        BitSet shown = new BitSet(results.size());
        long total = 0;
        for (int i = 0; i < results.size(); i++) {
            shown.set(i);
            total += size(results.get(i));
        }
        while (total > MAX_OUTPUT_BYTES) {
            int largest = shown.stream()
                    .reduce((a, b) -> size(results.get(a)) >= size(results.get(b)) ? a : b)
                    .orElseThrow();
            shown.clear(largest);
            total -= size(results.get(largest));
        }
        return shown;
    }

    /** Of what is written: each output once. */
    private static long size(PhaseResult result) {
        if (result.getItemsCount() == 0) {
            return result.getOutput().size();
        }
        long size = 0;
        for (ItemOutcome item : result.getItemsList()) {
            size += item.getOutput().size();
        }
        return size;
    }
}
