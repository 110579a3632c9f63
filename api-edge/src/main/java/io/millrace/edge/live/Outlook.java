package io.millrace.edge.live;

import io.millrace.schemas.v1.LaneHead;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Questions to the live view about lanes and campaigns; to be asked under the lock that guards it. */
public final class Outlook {
    private final LaneBook lanes;
    private final CampaignBook campaigns;

    Outlook(LaneBook lanes, CampaignBook campaigns) {
        this.lanes = lanes;
        this.campaigns = campaigns;
    }

    /** Where the task waits; empty when it does not, or its lane has not said. */
    public Optional<Standing> standing(String taskId, long nowMillis) {
        return lanes.standing(taskId, nowMillis);
    }

    /** When a task of this lane that runs since a time will end. */
    public Optional<Standing.Estimate> running(String lane, long startedMillis, long nowMillis) {
        return lanes.running(lane, startedMillis, nowMillis);
    }

    /** What each lane said last. */
    public List<LaneHead> lanes() {
        return lanes.heads();
    }

    public Optional<CampaignView> campaign(String id) {
        return campaigns.find(id);
    }

    /** Where the newest counts of the campaign stand. */
    public Optional<Place> campaignPlace(String id) {
        return campaigns.place(id);
    }

    /** Campaigns of a user, or of everybody when null, newest id first. */
    public List<CampaignView> campaignsOf(@Nullable String userId) {
        return campaigns.of(userId);
    }
}
