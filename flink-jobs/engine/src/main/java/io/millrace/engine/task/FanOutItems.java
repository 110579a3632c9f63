package io.millrace.engine.task;

import com.google.protobuf.ByteString;
import io.millrace.engine.json.JsonBytes;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.ItemOutcome;
import io.millrace.schemas.v1.ItemState;
import io.millrace.schemas.v1.PhaseResult;
import io.millrace.schemas.v1.TaskError;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.workflow.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The items of a for_each phase as they are kept, counted and merged. */
final class FanOutItems {
    private static final String TOTAL = "total";

    private FanOutItems() {}

    /** How many items stand where. */
    record Counts(int done, int failed, int underWay, int total) {
        int ended() {
            return done + failed;
        }
    }

    static Counts counts(TaskState.Builder state) {
        int done = 0;
        int failed = 0;
        int underWay = 0;
        for (int i = 0; i < state.getItemsCount(); i++) {
            switch (state.getItemsOrBuilder(i).getStage()) {
                case FanOut.DONE -> done++;
                case FanOut.FAILED -> failed++;
                case "waiting" -> {}
                default -> underWay++;
            }
        }
        return new Counts(done, failed, underWay, state.getItemsCount());
    }

    /** All items wait, but those that an earlier life of the task or its parent produced from the same input. */
    static void begin(TaskDraft draft, int total) {
        TaskState.Builder state = draft.state;
        String phase = draft.phase().name();
        PhaseResult before = unfinished(state, phase);
        state.clearItems();
        for (int i = 0; i < total; i++) {
            state.addItemsBuilder().setIndex(i).setStage("waiting").setTries(1);
        }
        for (int i = state.getLostItemsCount() - 1; i >= 0; i--) {
            if (state.getLostItems(i).getError().getPhase().equals(phase)) {
                state.removeLostItems(i);
            }
        }
        if (before == null) {
            return;
        }
        for (ItemOutcome outcome : before.getItemsList()) {
            if (!outcome.getOutput().isEmpty() && outcome.getIndex() < total) {
                state.getItemsBuilder(outcome.getIndex()).setStage(FanOut.DONE).setOutput(outcome.getOutput());
            }
        }
    }

    /** After a stop: what was under way is asked for again, with all its tries. */
    static void again(TaskState.Builder state) {
        for (ItemState.Builder item : state.getItemsBuilderList()) {
            if (!item.getStage().equals(FanOut.DONE) && !item.getStage().equals(FanOut.FAILED)) {
                item.setStage("waiting").setFaults(0).setDueAtMs(0).setOutageSinceMs(0);
            }
        }
    }

    /** {@code {"items": [...]}} in order, null for what failed; items are named one by one only where some failed. */
    static PhaseResult result(TaskDraft draft, Counts counts) {
        TaskState.Builder state = draft.state;
        ByteString output = merged(state.getItemsList().stream().map(ItemState::getOutput));
        PhaseResult.Builder result = header(draft)
                .setOutput(output)
                .setOutputHash(PhaseItems.sha256(output))
                .putFacts("done", Integer.toString(counts.done()))
                .putFacts("failed", Integer.toString(counts.failed()))
                .putFacts(TOTAL, Integer.toString(counts.total()));
        if (counts.failed() > 0) {
            result.addAllItems(outcomes(state));
        }
        return result.build();
    }

    /**
     * The result as it was before it was written down: rows name the items of a phase that lost some and not the output which they
     * make together. It stays without one where outputs were left out, or where the phase had not ended.
     */
    static PhaseResult whole(PhaseResult written) {
        List<ItemOutcome> items = written.getItemsList();
        boolean ended =
                Integer.toString(items.size()).equals(written.getFactsMap().get(TOTAL));
        boolean kept = items.stream().anyMatch(item -> !item.getOutput().isEmpty());
        if (!written.getOutput().isEmpty() || !ended || !kept) {
            return written;
        }
        return written.toBuilder()
                .setOutput(merged(items.stream().map(ItemOutcome::getOutput)))
                .build();
    }

    /** Keeps what was produced of a phase that fails as a whole, so that a recovery computes only what is missing. */
    static void keepUnfinished(TaskDraft draft) {
        PhaseFlow.keep(
                draft.state, header(draft).addAllItems(outcomes(draft.state)).build());
    }

    /** The items that failed. */
    static List<ItemOutcome> lost(TaskState.Builder state) {
        return outcomes(state).stream().filter(ItemOutcome::hasError).toList();
    }

    /** Of all items that have ended, together. */
    static long outputBytes(TaskState.Builder state) {
        long bytes = 0;
        for (int i = 0; i < state.getItemsCount(); i++) {
            bytes += state.getItemsOrBuilder(i).getOutput().size();
        }
        return bytes;
    }

    static long computeMillis(TaskState.Builder state) {
        return state.getItemsList().stream().mapToLong(ItemState::getComputeMs).sum();
    }

    static TaskError error(Phase phase, ErrorCode code, String message, ByteString details) {
        return TaskError.newBuilder()
                .setCode(code.name())
                .setMessage(message)
                .setPhase(phase.name())
                .setDetails(details)
                .build();
    }

    private static ByteString merged(Stream<ByteString> outputs) {
        JsonBytes json = new JsonBytes(1024).openList("items");
        outputs.forEach(json::element);
        return json.closeList().build();
    }

    private static PhaseResult.Builder header(TaskDraft draft) {
        return PhaseResult.newBuilder()
                .setPhase(draft.phase().name())
                .setRound(draft.state.getRound())
                .setInputHash(draft.state.getPhaseInputHash());
    }

    private static List<ItemOutcome> outcomes(TaskState.Builder state) {
        List<ItemOutcome> outcomes = new ArrayList<>();
        for (ItemState item : state.getItemsList()) {
            if (item.getStage().equals(FanOut.DONE)) {
                outcomes.add(ItemOutcome.newBuilder()
                        .setIndex(item.getIndex())
                        .setOutput(item.getOutput())
                        .build());
            } else if (item.getStage().equals(FanOut.FAILED)) {
                outcomes.add(ItemOutcome.newBuilder()
                        .setIndex(item.getIndex())
                        .setError(item.getError())
                        .build());
            }
        }
        return outcomes;
    }

    private static @Nullable PhaseResult unfinished(TaskState.Builder state, String phase) {
        for (List<PhaseResult> source : List.of(state.getResultsList(), state.getReusableList())) {
            PhaseResult result = PhaseFlow.find(source, phase);
            if (result != null
                    && result.getItemsCount() > 0
                    && result.getInputHash().equals(state.getPhaseInputHash())) {
                return result;
            }
        }
        return null;
    }
}
