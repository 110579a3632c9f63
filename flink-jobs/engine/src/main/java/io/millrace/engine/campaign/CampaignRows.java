package io.millrace.engine.campaign;

import com.google.protobuf.ByteString;
import io.millrace.schemas.task.CampaignId;
import io.millrace.schemas.task.TaskStatus;
import io.millrace.schemas.v1.CampaignState;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a campaign have ended. Each row is in at most one set, so counts add up however often a row ends, is reopened
 * and ends again. When all have ended the largest set is left out: it is what the others leave.
 */
final class CampaignRows {
    private final String campaignId;
    private final CampaignState.Builder state;

    CampaignRows(String campaignId, CampaignState.Builder state) {
        this.campaignId = campaignId;
        this.state = state;
    }

    /** How the row ended; null: it has not. */
    @Nullable
    TaskStatus ending(int row) {
        checked(row);
        if (RowSet.has(state.getPartial(), row)) {
            return TaskStatus.PARTIAL_FAILURE;
        }
        if (RowSet.has(state.getFailed(), row)) {
            return TaskStatus.FAILED;
        }
        if (RowSet.has(state.getCancelled(), row)) {
            return TaskStatus.CANCELLED;
        }
        return folded() || RowSet.has(state.getCompleted(), row) ? TaskStatus.COMPLETED : null;
    }

    /** @return false when it had ended like this before */
    boolean end(int row, TaskStatus status) {
        if (ending(row) == status) {
            return false;
        }
        reopen(row);
        switch (status) {
            case COMPLETED -> state.setCompleted(RowSet.with(state.getCompleted(), row));
            case PARTIAL_FAILURE -> state.setPartial(RowSet.with(state.getPartial(), row));
            case FAILED -> state.setFailed(RowSet.with(state.getFailed(), row));
            case CANCELLED -> state.setCancelled(RowSet.with(state.getCancelled(), row));
            case PENDING, QUEUED, PROCESSING, PAUSED ->
                throw new IllegalArgumentException(
                        "campaign " + campaignId + ": row " + row + " cannot end as " + status.wireName());
        }
        state.setEnded(state.getEnded() + 1);
        return true;
    }

    /** @return false when it had not ended */
    boolean reopen(int row) {
        if (ending(row) == null) {
            return false;
        }
        unfold();
        state.setCompleted(RowSet.without(state.getCompleted(), row))
                .setPartial(RowSet.without(state.getPartial(), row))
                .setFailed(RowSet.without(state.getFailed(), row))
                .setCancelled(RowSet.without(state.getCancelled(), row))
                .setEnded(state.getEnded() - 1);
        return true;
    }

    boolean allEnded() {
        return state.getTotal() > 0 && state.getEnded() == state.getTotal();
    }

    /** Once all have ended: forgets what follows from the rest. */
    void fold() {
        state.clearCompleted();
    }

    int completed() {
        return folded() ? state.getTotal() - partial() - failed() - cancelled() : RowSet.count(state.getCompleted());
    }

    int partial() {
        return RowSet.count(state.getPartial());
    }

    int failed() {
        return RowSet.count(state.getFailed());
    }

    int cancelled() {
        return RowSet.count(state.getCancelled());
    }

    private boolean folded() {
        return state.getCompletedAtMs() > 0;
    }

    private void unfold() {
        if (folded()) {
            ByteString completed =
                    RowSet.others(state.getTotal(), state.getPartial(), state.getFailed(), state.getCancelled());
            state.setCompleted(completed).clearCompletedAtMs();
        }
    }

    private void checked(int row) {
        int rows = state.getTotal() > 0 ? state.getTotal() : CampaignId.MAX_ROWS;
        if (row < 0 || row >= rows) {
            throw new IllegalArgumentException(
                    "campaign " + campaignId + ": row must be from 0 to " + (rows - 1) + ", not " + row);
        }
    }
}
