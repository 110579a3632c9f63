package io.millrace.engine.lane;

import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.schemas.v1.LaneMessage;
import io.millrace.schemas.v1.LaneState;
import io.millrace.schemas.v1.LaneTimer;
import io.millrace.schemas.v1.SlotHolder;
import io.millrace.schemas.v1.StillThere;
import io.millrace.schemas.v1.TaskMessage;
import io.millrace.schemas.workflow.Lane;
import java.time.Duration;
import java.util.List;

/** What a lane does from time to time: look after holders that are silent, and publish its head while something changes. */
final class LaneWatch {
    /** A holder that has not been heard of for this long is asked whether it is still there. */
    static final Duration SILENCE = Duration.ofMinutes(10);
    /** How often holders are looked after. */
    static final Duration WATCH = Duration.ofMinutes(1);
    /** Heads are published this far apart. */
    static final Duration PUBLISH = Duration.ofSeconds(1);

    private static final String WATCH_TIMER = "watch";
    private static final String PUBLISH_TIMER = "publish";

    private final Lane lane;
    private final LaneState.Builder state;
    private final Moment moment;
    private final List<Effect> effects;

    LaneWatch(Lane lane, LaneState.Builder state, Moment moment, List<Effect> effects) {
        this.lane = lane;
        this.state = state;
        this.moment = moment;
        this.effects = effects;
    }

    /** The lane is no longer as its head says. */
    void changed() {
        if (state.getPublishing()) {
            state.setUnpublished(true);
            return;
        }
        publish();
    }

    /** Holders are looked after as long as there are any. */
    void holders() {
        if (state.getHoldersCount() > 0 && !state.getWatching()) {
            state.setWatching(true);
            wake(WATCH, WATCH_TIMER);
        }
    }

    void onTimer(LaneTimer timer) {
        if (timer.getKind().equals(PUBLISH_TIMER)) {
            state.setPublishing(false);
            if (state.getUnpublished()) {
                publish();
            }
            return;
        }
        state.setWatching(false);
        for (SlotHolder holder : state.getHoldersList()) {
            if (moment.nowMillis() - holder.getSeenAtMs() >= SILENCE.toMillis()) {
                StillThere question = StillThere.newBuilder()
                        .setLane(lane.name())
                        .setTicket(holder.getTicket())
                        .build();
                TaskMessage message =
                        TaskMessage.newBuilder().setStillThere(question).build();
                effects.add(new Effect.ToTask(holder.getTaskId(), message));
            }
        }
    }

    /** Says how the lane stands at once; what changes after it waits for its time. */
    void publish() {
        LaneReports.head(lane, state, moment, effects);
        state.setUnpublished(false);
        if (!state.getPublishing()) {
            state.setPublishing(true);
            wake(PUBLISH, PUBLISH_TIMER);
        }
    }

    private void wake(Duration delay, String kind) {
        LaneMessage message = LaneMessage.newBuilder()
                .setTimer(LaneTimer.newBuilder().setKind(kind))
                .build();
        effects.add(new Effect.Wake<>(delay, "", message));
    }
}
