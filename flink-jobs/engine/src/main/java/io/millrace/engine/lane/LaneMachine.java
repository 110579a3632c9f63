package io.millrace.engine.lane;

import io.millrace.engine.Decision;
import io.millrace.engine.DefinitionMissing;
import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.schemas.v1.Grant;
import io.millrace.schemas.v1.LaneEntry;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.v1.LaneState;
import io.millrace.schemas.v1.QueuePlace;
import io.millrace.schemas.v1.Release;
import io.millrace.schemas.v1.SlotHolder;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.v1.Withdraw;
import io.millrace.schemas.workflow.Definitions;
import io.millrace.schemas.workflow.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives out the slots of one lane: highest priority first, where the oldest that waits raises its priority by one each
 * {@link #AGEING}; inside a priority tenants take turns, as many grants in a row as their weight, and who holds as many slots as its cap is passed over
 * without losing its turn; inside a tenant order of arrival. Slots are a set of holders, never a count, so that giving one back
 * twice changes nothing.
 */
public final class LaneMachine {
    /** When its oldest entry has waited this long a priority is raised by one. */
    static final Duration AGEING = Duration.ofSeconds(60);

    private final Definitions definitions;

    public LaneMachine(Definitions definitions) {
        this.definitions = definitions;
    }

    /**
     * Decides about a lane.
     *
     * @param state what the last decision about this lane kept; null when it has none yet
     * @throws DefinitionMissing when the definitions lack the lane
     */
    public Decision<LaneState> decide(String lane, @Nullable LaneState state, LaneMessage message, Moment moment) {
        if (!definitions.hasLane(lane)) {
            if (message.hasCommand()) {
                return new Decision<>(state, List.of(LaneCommands.unknown(lane, message.getCommand(), moment)));
            }
            throw new DefinitionMissing("lane " + lane);
        }
        LaneState.Builder next = state == null ? LaneState.newBuilder() : state.toBuilder();
        Draft draft = new Draft(definitions.lane(lane), next, moment);
        draft.on(message);
        return new Decision<>(next.build(), draft.effects);
    }

    /** One decision under way. */
    private static final class Draft {
        private final Lane lane;
        private final LaneState.Builder state;
        private final Moment moment;
        private final List<Effect> effects = new ArrayList<>();
        private final LaneHolders holders;
        private final LaneQueue queue;
        private final LaneWatch watch;
        private boolean dirty;

        Draft(Lane lane, LaneState.Builder state, Moment moment) {
            this.lane = lane;
            this.state = state;
            this.moment = moment;
            this.holders = new LaneHolders(state);
            this.queue = new LaneQueue(lane, state, holders, effects);
            this.watch = new LaneWatch(lane, state, moment, effects);
        }

        void on(LaneMessage message) {
            switch (message.getBodyCase()) {
                case ENQUEUE -> onEnqueue(message.getEnqueue());
                case RELEASE -> onRelease(message.getRelease());
                case WITHDRAW -> onWithdraw(message.getWithdraw());
                case PAGE -> {
                    queue.loaded(message.getPage());
                    grant(null);
                }
                case TIMER -> watch.onTimer(message.getTimer());
                case STILL_HERE ->
                    holders.seen(
                            message.getStillHere().getTaskId(),
                            message.getStillHere().getTicket(),
                            moment.nowMillis());
                case COMMAND -> {
                    Effect answer = LaneCommands.setLimit(lane, state, message.getCommand(), moment);
                    grant(null);
                    // Before the answer, so that who reads after it sees the limit.
                    watch.publish();
                    dirty = false;
                    effects.add(answer);
                }
                case BODY_NOT_SET ->
                    throw new IllegalArgumentException("lane " + lane.name() + ": message without a body");
            }
            if (dirty) {
                watch.changed();
            }
            watch.holders();
        }

        private void onEnqueue(LaneEntry entry) {
            QueuePlace place = queue.add(entry);
            if (!grant(entry)) {
                effects.add(LaneReports.place(entry, place, moment));
            }
            dirty = true;
        }

        /** It waits no more, or its slot is on the way to it and comes back at once. */
        private void onWithdraw(Withdraw withdraw) {
            if (holders.takeBack(withdraw.getTaskId(), withdraw.getTicket()).isPresent()) {
                grant(null);
            } else {
                queue.withdraw(withdraw);
            }
            dirty = true;
        }

        private void onRelease(Release release) {
            Optional<SlotHolder> holder = holders.takeBack(release.getTaskId(), release.getTicket());
            if (holder.isEmpty()) {
                return;
            }
            long since = holder.get().getGrantedAtMs();
            if (release.getDeclined()) {
                queue.declined(holder.get());
            } else if (since > 0) {
                new HeldTimes(state).add(moment.nowMillis() - since);
            }
            grant(null);
            dirty = true;
        }

        /** Gives out what is free; tells whether the entry asked about was among those who got it. */
        private boolean grant(@Nullable LaneEntry asked) {
            int limit = LaneCommands.limit(state, lane);
            boolean found = false;
            int granted = 0;
            while (holders.count() < limit && state.getWaiting() > 0) {
                Optional<LaneEntry> first = queue.take(moment.nowMillis());
                if (first.isEmpty()) {
                    break;
                }
                LaneEntry entry = first.get();
                found |= entry.equals(asked);
                granted++;
                holders.give(entry, moment.nowMillis());
                effects.add(new Effect.ToTask(entry.getTaskId(), grantOf(entry)));
            }
            if (granted > 0) {
                dirty = true;
                effects.add(new Effect.Count("lane_grants", granted));
            }
            return found;
        }

        private TaskMessage grantOf(LaneEntry entry) {
            return TaskMessage.newBuilder()
                    .setGrant(Grant.newBuilder()
                            .setLane(lane.name())
                            .setTicket(entry.getTicket())
                            .setAttempt(entry.getAttempt()))
                    .build();
        }
    }
}
