package io.millrace.engine.campaign;

import io.millrace.schemas.v1.CampaignState;

/** How many rows end in a second, over the last {@link #SECONDS} of them. */
final class Rate {
    static final int SECONDS = 30;

    private final CampaignState.Builder state;

    Rate(CampaignState.Builder state) {
        this.state = state;
    }

    void ended(long nowMillis) {
        moveTo(nowMillis / 1000);
        int last = state.getEndedBySecondCount() - 1;
        state.setEndedBySecond(last, state.getEndedBySecond(last) + 1);
    }

    /** Rows a second; 0: not known. */
    float perSecond(long nowMillis) {
        if (state.getEndedBySecondCount() == 0) {
            return 0;
        }
        moveTo(nowMillis / 1000);
        int sum = 0;
        for (int i = 0; i < state.getEndedBySecondCount(); i++) {
            sum += state.getEndedBySecond(i);
        }
        return (float) sum / state.getEndedBySecondCount();
    }

    /** Begins the seconds that have come since; a clock that goes back adds to the newest. */
    private void moveTo(long second) {
        if (state.getEndedBySecondCount() == 0) {
            state.setSecond(second).addEndedBySecond(0);
            return;
        }
        long further = second - state.getSecond();
        if (further <= 0) {
            return;
        }
        int kept = (int) Math.max(0, SECONDS - further);
        int[] seconds = new int[(int) Math.min(SECONDS, state.getEndedBySecondCount() + further)];
        for (int i = 0; i < Math.min(kept, state.getEndedBySecondCount()); i++) {
            int from = state.getEndedBySecondCount() - 1 - i;
            seconds[(int) (seconds.length - 1 - further - i)] = state.getEndedBySecond(from);
        }
        state.clearEndedBySecond().setSecond(second);
        for (int ended : seconds) {
            state.addEndedBySecond(ended);
        }
    }
}
