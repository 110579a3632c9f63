package io.millrace.engine.task;

import com.google.protobuf.ByteString;
import io.millrace.engine.Effect;
import io.millrace.engine.json.JsonSlices;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.BatchMessage;
import io.millrace.schemas.v1.ItemFailure;
import io.millrace.schemas.v1.ItemReply;
import io.millrace.schemas.v1.ItemState;
import io.millrace.schemas.v1.PhaseResult;
import io.millrace.schemas.v1.TaskState;
import io.millrace.schemas.v1.Timer;
import io.millrace.schemas.workflow.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A for_each phase: one item for each element of a list, so many under way at once, each with tries of its own. One timer stands
 * for whichever item is due first. Each method answers the result of the phase once its last item has ended.
 */
final class FanOut {
    static final String ITEMS = "items";

    private static final String WAITING = "waiting";
    private static final String SENT = "sent";
    private static final String BACKING_OFF = "backing_off";
    static final String DONE = "done";
    static final String FAILED = "failed";

    private final TaskLimits limits;
    private final PhaseTries tries;

    FanOut(TaskLimits limits, PhaseTries tries) {
        this.limits = limits;
        this.tries = tries;
    }

    /** Begins the phase, or goes on with what is left of it. */
    Optional<PhaseResult> begin(TaskDraft draft) {
        TaskState.Builder state = draft.state;
        Optional<List<ByteString>> elements = elements(draft);
        if (elements.isEmpty()) {
            return Optional.empty();
        }
        ByteString hash = PhaseItems.inputHash(state, draft.phase(), elements.get());
        boolean goesOn = state.getItemsCount() == elements.get().size()
                && state.getPhaseInputHash().equals(hash);
        state.setPhaseInputHash(hash);
        if (goesOn) {
            FanOutItems.again(state);
        } else {
            FanOutItems.begin(draft, elements.get().size());
        }
        return pump(draft);
    }

    /** Whether the reply is about an item that is waited for; a result is good whichever try made it. */
    static boolean wants(TaskState.Builder state, ItemReply reply) {
        int index = reply.getItem() - 1;
        if (index < 0 || index >= state.getItemsCount()) {
            return false;
        }
        ItemState item = state.getItems(index);
        boolean sent = item.getStage().equals(SENT);
        return reply.hasResult()
                ? sent || item.getStage().equals(BACKING_OFF)
                : sent && reply.getTries() == item.getTries();
    }

    Optional<PhaseResult> onItem(TaskDraft draft, ItemReply reply) {
        TaskState.Builder state = draft.state;
        ItemState.Builder item = state.getItemsBuilder(reply.getItem() - 1);
        if (reply.hasResult()) {
            item.setStage(DONE)
                    .setOutput(reply.getResult().getOutput())
                    .setComputeMs(reply.getResult().getComputeMs())
                    .setDueAtMs(0);
            state.setTimerRearmed(false);
            failWhereTooLarge(draft, FanOutItems.outputBytes(state));
        } else {
            ItemFailure failure = reply.hasFailure()
                    ? reply.getFailure()
                    : ItemFailure.newBuilder()
                            .setCode(ErrorCode.MODEL_ERROR.name())
                            .setMessage("the function accepted, but its phase is not external")
                            .build();
            onFailure(draft, item, failure);
        }
        return after(draft);
    }

    Optional<PhaseResult> onTimer(TaskDraft draft, Timer timer) {
        TaskState.Builder state = draft.state;
        boolean late = PhaseTries.late(draft, timer, limits);
        if (late) {
            draft.outagesBeginNow();
        }
        if (late && !state.getTimerRearmed()) {
            state.setTimerRearmed(true);
            long due = draft.now() + guard(draft).toMillis();
            for (ItemState.Builder item : state.getItemsBuilderList()) {
                if (item.getStage().equals(SENT)) {
                    // The job was down or stalled, not necessarily the items: give them their full time once more.
                    item.setDueAtMs(due).setOutageSinceMs(0);
                }
            }
        }
        for (int i = 0; i < state.getItemsCount() && !draft.status().terminal(); i++) {
            ItemState.Builder item = state.getItemsBuilder(i);
            if (item.getDueAtMs() == 0 || item.getDueAtMs() > draft.now()) {
                continue;
            }
            if (item.getStage().equals(BACKING_OFF)) {
                item.setStage(WAITING).setDueAtMs(0);
            } else if (item.getStage().equals(SENT)) {
                String silence = "no answer within " + draft.phase().timeout().toSeconds() + " s";
                onFailure(draft, item, PhaseTries.failure(ErrorCode.EXPIRED, silence));
            }
        }
        return after(draft);
    }

    private void onFailure(TaskDraft draft, ItemState.Builder item, ItemFailure failure) {
        Phase phase = draft.phase();
        Faults faults =
                Faults.judge(failure, phase.retry(), item.getFaults(), item.getOutageSinceMs(), limits, draft.now());
        if (!faults.over()) {
            long seed = draft.taskId.hashCode() + 31L * item.getIndex() + item.getTries();
            item.setStage(BACKING_OFF)
                    .setTries(item.getTries() + 1)
                    .setFaults(faults.faults())
                    .setOutageSinceMs(faults.outageSinceMs())
                    .setAlone(failure.getWholeBatch())
                    .setDueAtMs(draft.now() + faults.pause(phase.retry(), seed).toMillis());
            draft.add(new Effect.Count("retries", 1));
            return;
        }
        item.setStage(FAILED)
                .setDueAtMs(0)
                .setError(FanOutItems.error(phase, faults.code(), faults.message(), failure.getDetails()));
        if (!Objects.requireNonNull(phase.flow().forEach()).partial()) {
            FanOutItems.keepUnfinished(draft);
            tries.fail(
                    draft,
                    faults.code(),
                    "item " + item.getIndex() + ": " + faults.message(),
                    TaskEnding.details(FanOutItems.lost(draft.state)));
        }
    }

    /** Tells when the bar has moved, and goes on. */
    private Optional<PhaseResult> after(TaskDraft draft) {
        if (draft.status().terminal()) {
            return Optional.empty();
        }
        TaskState.Builder state = draft.state;
        FanOutItems.Counts counts = FanOutItems.counts(state);
        int mark = draft.phase().mark();
        int room = draft.workflow.markAfter(state.getPhaseIndex()) - mark;
        int bar = mark + room * counts.ended() / Math.max(1, counts.total());
        if (counts.ended() < counts.total() && bar > state.getProgress()) {
            state.setProgress(bar);
            TaskReports.itemsCompleted(draft, counts);
        }
        return pump(draft);
    }

    /** Sends as many items as may be under way. */
    private Optional<PhaseResult> pump(TaskDraft draft) {
        TaskState.Builder state = draft.state;
        FanOutItems.Counts counts = FanOutItems.counts(state);
        if (counts.ended() == counts.total()) {
            draft.disarm();
            return finished(draft, counts);
        }
        int concurrency = Objects.requireNonNull(draft.phase().flow().forEach()).concurrency();
        int underWay = counts.underWay();
        List<ByteString> elements = List.of();
        for (int i = 0; i < state.getItemsCount() && underWay < concurrency; i++) {
            ItemState.Builder item = state.getItemsBuilder(i);
            if (item.getStage().equals(WAITING)) {
                elements = elements.isEmpty() ? elements(draft).orElse(List.of()) : elements;
                if (elements.isEmpty()) {
                    return Optional.empty();
                }
                send(draft, item, elements.get(i));
                underWay++;
            }
        }
        armEarliest(draft);
        return Optional.empty();
    }

    private Optional<PhaseResult> finished(TaskDraft draft, FanOutItems.Counts counts) {
        if (counts.failed() == counts.total() && counts.total() > 0) {
            ItemState first = draft.state.getItems(0);
            tries.fail(
                    draft,
                    ErrorCode.valueOf(first.getError().getCode()),
                    "all " + counts.total() + " items failed, the first: "
                            + first.getError().getMessage(),
                    TaskEnding.details(FanOutItems.lost(draft.state)));
            return Optional.empty();
        }
        PhaseResult result = FanOutItems.result(draft, counts);
        if (failWhereTooLarge(draft, result.getOutput().size())) {
            return Optional.empty();
        }
        draft.state.addAllLostItems(FanOutItems.lost(draft.state));
        return Optional.of(result);
    }

    /** Not only once all have ended: until then the task would keep all of it. */
    private boolean failWhereTooLarge(TaskDraft draft, long bytes) {
        boolean tooLarge = bytes > limits.maxOutputBytes();
        if (tooLarge) {
            tries.fail(
                    draft,
                    ErrorCode.MODEL_ERROR,
                    "the outputs of the items together have " + bytes + " bytes, more than " + limits.maxOutputBytes()
                            + ": large things belong into artifacts",
                    ByteString.EMPTY);
        }
        return tooLarge;
    }

    private void send(TaskDraft draft, ItemState.Builder item, ByteString element) {
        item.setStage(SENT).setDueAtMs(draft.now() + guard(draft).toMillis());
        draft.add(new Effect.ToBatcher(
                Objects.requireNonNull(draft.phase().function()),
                BatchMessage.newBuilder()
                        .setItem(PhaseItems.item(draft, item.build(), element))
                        .build()));
    }

    private static void armEarliest(TaskDraft draft) {
        long earliest = Long.MAX_VALUE;
        for (ItemState item : draft.state.getItemsList()) {
            if (item.getDueAtMs() > 0) {
                earliest = Math.min(earliest, item.getDueAtMs());
            }
        }
        if (earliest < Long.MAX_VALUE) {
            draft.arm(ITEMS, Duration.ofMillis(Math.max(1, earliest - draft.now())));
        }
    }

    private Duration guard(TaskDraft draft) {
        return draft.phase().timeout().plus(limits.guard());
    }

    /** The list the phase goes over; where there is none the task has failed. */
    private Optional<List<ByteString>> elements(TaskDraft draft) {
        Phase.ForEach forEach = Objects.requireNonNull(draft.phase().flow().forEach());
        PhaseResult source = PhaseFlow.find(draft.state.getResultsList(), forEach.phase());
        Optional<List<ByteString>> elements =
                source == null ? Optional.empty() : JsonSlices.elements(source.getOutput(), forEach.field());
        String list = forEach.phase() + "." + forEach.field();
        if (elements.isEmpty()) {
            tries.fail(draft, ErrorCode.MODEL_ERROR, list + " is not a list", ByteString.EMPTY);
            return Optional.empty();
        }
        if (elements.get().size() > forEach.maxItems()) {
            String size = " has " + elements.get().size() + " items, more than " + forEach.maxItems();
            tries.fail(draft, ErrorCode.MODEL_ERROR, list + size, ByteString.EMPTY);
            return Optional.empty();
        }
        return elements;
    }
}
