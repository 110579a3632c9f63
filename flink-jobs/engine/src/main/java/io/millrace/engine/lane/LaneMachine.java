package io.millrace.engine.lane;

import io.millrace.engine.Decision;
import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.schemas.v1.Grant;
import io.millrace.schemas.v1.LaneEntry;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.v1.LaneState;
import io.millrace.schemas.v1.LaneTimer;
import io.millrace.schemas.v1.Release;
import io.millrace.schemas.v1.SlotHolder;
import io.millrace.schemas.v1.StillThere;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.workflow.Definitions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives out the slots of one lane: highest priority first, where waiting raises a priority by one each {@link #AGEING}; inside a
 * priority tenants take turns; inside a tenant order of arrival. Slots are a set of holders, never a count, so that giving one
 * back twice changes nothing.
 */
public final class LaneMachine {
    /** Waiting this long raises a priority by one. */
    static final Duration AGEING = Duration.ofSeconds(60);
    /** A holder that has not been heard of for this long is asked whether it is still there. */
    static final Duration SILENCE = Duration.ofMinutes(10);
    /** How often holders are looked after. */
    static final Duration WATCH = Duration.ofMinutes(1);

    private static final String WATCH_TIMER = "watch";

    private final Definitions definitions;

    public LaneMachine(Definitions definitions) {
        this.definitions = definitions;
    }

    /** @param state what the last decision about this lane kept; null when it has none yet */
    public Decision<LaneState> decide(String lane, @Nullable LaneState state, LaneMessage message, Moment moment) {
        LaneState.Builder next = state == null ? LaneState.newBuilder() : state.toBuilder();
        List<Effect> effects = new ArrayList<>();
        LaneQueue queue = new LaneQueue(lane, next, effects);
        switch (message.getBodyCase()) {
            case ENQUEUE -> queue.add(message.getEnqueue());
            case RELEASE -> release(next, message.getRelease());
            case PAGE -> queue.loaded(message.getPage());
            case TIMER -> watch(lane, next, moment, effects);
            case STILL_HERE ->
                seen(
                        next,
                        message.getStillHere().getTaskId(),
                        message.getStillHere().getTicket(),
                        moment);
            case COMMAND, BODY_NOT_SET ->
                throw new IllegalArgumentException("lane " + lane + ": message without a body");
        }
        grant(lane, next, queue, moment, effects);
        return new Decision<>(next.build(), effects);
    }

    private void grant(String lane, LaneState.Builder state, LaneQueue queue, Moment moment, List<Effect> effects) {
        int limit =
                state.getLimit() > 0 ? state.getLimit() : definitions.lane(lane).concurrency();
        while (state.getHoldersCount() < limit) {
            Optional<LaneEntry> first = queue.take(moment.nowMillis());
            if (first.isEmpty()) {
                break;
            }
            LaneEntry entry = first.get();
            state.addHolders(SlotHolder.newBuilder()
                    .setTaskId(entry.getTaskId())
                    .setTicket(entry.getTicket())
                    .setSeenAtMs(moment.nowMillis()));
            effects.add(new Effect.ToTask(
                    entry.getTaskId(),
                    TaskMessage.newBuilder()
                            .setGrant(Grant.newBuilder()
                                    .setLane(lane)
                                    .setTicket(entry.getTicket())
                                    .setAttempt(entry.getAttempt()))
                            .build()));
        }
        if (state.getHoldersCount() > 0 && !state.getWatching()) {
            state.setWatching(true);
            effects.add(wakeToWatch());
        }
    }

    private static void release(LaneState.Builder state, Release release) {
        int holder = holder(state, release.getTaskId(), release.getTicket());
        if (holder >= 0) {
            state.removeHolders(holder);
        }
    }

    private static void seen(LaneState.Builder state, String taskId, long ticket, Moment moment) {
        int holder = holder(state, taskId, ticket);
        if (holder >= 0) {
            state.getHoldersBuilder(holder).setSeenAtMs(moment.nowMillis());
        }
    }

    private static void watch(String lane, LaneState.Builder state, Moment moment, List<Effect> effects) {
        state.setWatching(state.getHoldersCount() > 0);
        for (SlotHolder holder : state.getHoldersList()) {
            if (moment.nowMillis() - holder.getSeenAtMs() >= SILENCE.toMillis()) {
                effects.add(new Effect.ToTask(
                        holder.getTaskId(),
                        TaskMessage.newBuilder()
                                .setStillThere(
                                        StillThere.newBuilder().setLane(lane).setTicket(holder.getTicket()))
                                .build()));
            }
        }
        if (state.getWatching()) {
            effects.add(wakeToWatch());
        }
    }

    private static Effect wakeToWatch() {
        LaneMessage watch = LaneMessage.newBuilder()
                .setTimer(LaneTimer.newBuilder().setKind(WATCH_TIMER))
                .build();
        return new Effect.Wake<>(WATCH, "", watch);
    }

    private static int holder(LaneState.Builder state, String taskId, long ticket) {
        for (int i = 0; i < state.getHoldersCount(); i++) {
            SlotHolder holder = state.getHolders(i);
            if (holder.getTicket() == ticket && holder.getTaskId().equals(taskId)) {
                return i;
            }
        }
        return -1;
    }
}
