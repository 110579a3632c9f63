package io.millrace.engine.simulation;

import static io.millrace.engine.simulation.Invariants.require;

import io.millrace.schemas.task.CampaignId;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.topic.EventType;
import io.millrace.schemas.v1.CampaignMessage;
import io.millrace.schemas.v1.CampaignState;
import io.millrace.schemas.v1.CampaignStep;
import io.millrace.schemas.v1.Progress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What must hold of the campaign of a run. */
final class CampaignInvariants {
    static final CampaignId CAMPAIGN = CampaignId.of(Simulation.START, 1, 2);

    private @Nullable CampaignStep told;
    private long version;

    /** What the row of a task tells: it ends, and only when it was reopened it ends again. */
    void toCampaign(World world, CampaignMessage message) {
        boolean ended = message.hasEnded();
        int row = ended ? message.getEnded().getRow() : message.getReopened().getRow();
        String before = world.rows.put(row, ended ? message.getEnded().getStatus() : "");
        boolean over = before != null && !before.isEmpty();
        require("CampaignRowsEndOnce", over != ended, "row " + row);
    }

    void told(Progress progress) {
        told = progress.getCampaign();
    }

    void committed(long next, EventType type) {
        require("VersionsHaveNoGaps", next == version + 1, CAMPAIGN.value());
        require("SubmittedComesFirst", (next == 1) == (type == EventType.CAMPAIGN_STARTED), CAMPAIGN.value());
        version = next;
    }

    /** Every row has ended; what was told last of the campaign is what became of its rows. */
    void settled(World world, Map<String, EventType> lastEvents) {
        world.rows.forEach((row, status) -> {
            require("CampaignRowsEndOnce", !status.isEmpty(), "row " + row);
            EventType last = lastEvents.get(CAMPAIGN.task(row).value());
            if (last != null && last.terminal()) {
                require("CampaignCountsAddUp", status.equals(statusOf(last)), "row " + row + ": " + status);
            }
        });
        CampaignState state = world.campaigns.get(CAMPAIGN.value());
        if (state == null || state.getTotal() == 0) {
            return;
        }
        require("CampaignsEnd", state.getCompletedAtMs() > 0, "ended " + state.getEnded() + " of " + state.getTotal());
        CampaignStep last = told;
        require("CampaignCountsAddUp", last != null, "nothing was told");
        if (last != null) {
            counts(world, last);
        }
    }

    private static void counts(World world, CampaignStep told) {
        for (TaskStatus status : TaskStatus.values()) {
            long rows = world.rows.values().stream()
                    .filter(status.wireName()::equals)
                    .count();
            int counted = switch (status) {
                case COMPLETED -> told.getCompleted();
                case PARTIAL_FAILURE -> told.getPartialFailure();
                case FAILED -> told.getFailed();
                case CANCELLED -> told.getCancelled();
                case PENDING, QUEUED, PROCESSING, PAUSED -> 0;
            };
            require("CampaignCountsAddUp", counted == rows, status.wireName() + ": " + counted + " of " + rows);
        }
    }

    private static String statusOf(EventType end) {
        return end == EventType.PARTIALLY_FAILED
                ? TaskStatus.PARTIAL_FAILURE.wireName()
                : end.wireName().substring(end.wireName().lastIndexOf('.') + 1);
    }
}
