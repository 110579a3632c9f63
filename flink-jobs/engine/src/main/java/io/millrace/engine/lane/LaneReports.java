package io.millrace.engine.lane;

import io.millrace.engine.Effect;
import io.millrace.engine.Moment;
import io.millrace.schemas.v1.LaneEntry;
import io.millrace.schemas.v1.LaneHead;
import io.millrace.schemas.v1.LaneLevel;
import io.millrace.schemas.v1.LaneState;
import io.millrace.schemas.v1.Progress;
import io.millrace.schemas.v1.QueueHead;
import io.millrace.schemas.v1.QueuePlace;
import io.millrace.schemas.v1.TenantQueue;
import io.millrace.schemas.workflow.Lane;
import java.util.List;

/** What a lane says to those who watch: where an entry waits, and how the lane stands. */
final class LaneReports {
    /** Key of what is said about a lane as a whole. */
    private static final String KEY = "lane:";

    private LaneReports() {}

    static Effect place(LaneEntry entry, QueuePlace place, Moment moment) {
        return new Effect.Tell(Progress.newBuilder()
                .setTaskId(entry.getTaskId())
                .setUserId(entry.getUserId())
                .setCampaignId(entry.getCampaignId())
                .setAttempt(entry.getAttempt())
                .setTimeMs(moment.nowMillis())
                .setQueued(place)
                .build());
    }

    static void head(Lane lane, LaneState.Builder state, Moment moment, List<Effect> out) {
        int limit = LaneCommands.limit(state, lane);
        HeldTimes held = new HeldTimes(state);
        LaneHead.Builder head = LaneHead.newBuilder()
                .setLane(lane.name())
                .setLimit(limit)
                .setRunning(state.getHoldersCount())
                .setHeldP10Ms(held.percentile(0.1))
                .setHeldP50Ms(held.percentile(0.5))
                .setHeldP90Ms(held.percentile(0.9));
        long waiting = 0;
        for (int i = 0; i < state.getLevelsCount(); i++) {
            LaneLevel level = state.getLevels(i);
            for (int ahead = 0; ahead < level.getTenantsCount(); ahead++) {
                QueueHead queue = queue(lane, level.getPriority(), level.getTenants(Turns.index(level, ahead)));
                waiting += queue.getWaiting();
                head.addQueues(queue);
            }
        }
        head.setWaiting(waiting);
        out.add(new Effect.Tell(about(lane.name(), moment).setLane(head).build()));
        out.add(new Effect.Gauge("lane_limit_" + lane.name(), limit));
        out.add(new Effect.Gauge("lane_running_" + lane.name(), state.getHoldersCount()));
        out.add(new Effect.Gauge("lane_waiting_" + lane.name(), waiting));
    }

    static Progress.Builder about(String lane, Moment moment) {
        return Progress.newBuilder().setTaskId(KEY + lane).setUserId(KEY + lane).setTimeMs(moment.nowMillis());
    }

    private static QueueHead queue(Lane lane, int priority, TenantQueue queue) {
        return QueueHead.newBuilder()
                .setPriority(priority)
                .setTenant(queue.getTenant())
                .setTaken(queue.getTaken())
                .setWaiting(LaneQueue.waiting(queue))
                .setAdded(queue.getAdded())
                .setDeclined(queue.getDeclined())
                .setWeight(lane.weight(queue.getTenant()))
                .build();
    }
}
