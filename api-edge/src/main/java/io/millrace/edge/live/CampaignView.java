package io.millrace.edge.live;

import io.millrace.schemas.v1.CampaignStep;

/**
 * A campaign as its newest counts say.
 *
 * @param id {@code camp_} and a UUID
 * @param userId its tenant
 * @param step name, type, counts, rate; version 0 before the orchestrator has taken it
 */
public record CampaignView(String id, String userId, CampaignStep step) {
    public boolean ended() {
        return step.getCompletedAtMs() > 0;
    }

    /** {@code running, cancelling} or {@code completed}. */
    public String status() {
        if (ended()) {
            return "completed";
        }
        return step.getCancelling() ? "cancelling" : "running";
    }

    /** Rows that have not ended. */
    public int open() {
        int done = step.getCompleted() + step.getPartialFailure() + step.getFailed() + step.getCancelled();
        return Math.max(0, step.getTotal() - done);
    }

    public boolean newerThan(CampaignView other) {
        return step.getVersion() > other.step.getVersion();
    }
}
