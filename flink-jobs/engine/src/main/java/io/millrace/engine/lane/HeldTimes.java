package io.millrace.engine.lane;

import io.millrace.schemas.v1.LaneState;

/**
 * How long slots are held, as counts in classes of a logarithmic scale, two for each doubling from 1 ms to two days. Each new
 * time makes the older ones count less, so that about the last hundred matter; what is read off is right to a fifth.
 */
final class HeldTimes {
    private static final int CLASSES = 56;
    private static final int PER_DOUBLING = 2;
    private static final float FADING = 0.99f;

    private final LaneState.Builder state;

    HeldTimes(LaneState.Builder state) {
        this.state = state;
    }

    void add(long heldMillis) {
        for (int i = state.getHeldClassesCount(); i < CLASSES; i++) {
            state.addHeldClasses(0);
        }
        for (int i = 0; i < CLASSES; i++) {
            if (state.getHeldClasses(i) != 0) {
                state.setHeldClasses(i, state.getHeldClasses(i) * FADING);
            }
        }
        int at = classOf(heldMillis);
        state.setHeldClasses(at, state.getHeldClasses(at) + 1);
    }

    /**
     * Milliseconds below which this share of the times lies; 0: none is known.
     *
     * @param share from 0 to 1
     */
    long percentile(double share) {
        double all = 0;
        for (int i = 0; i < state.getHeldClassesCount(); i++) {
            all += state.getHeldClasses(i);
        }
        double below = 0;
        for (int i = 0; i < state.getHeldClassesCount(); i++) {
            double here = state.getHeldClasses(i);
            if (here > 0 && below + here >= share * all) {
                double within = Math.max(0, share * all - below) / here;
                return Math.max(1, Math.round(Math.pow(2, (i + within) / PER_DOUBLING)));
            }
            below += here;
        }
        return 0;
    }

    private static int classOf(long heldMillis) {
        double doublings = Math.log(Math.max(1, heldMillis)) / Math.log(2);
        return Math.min(CLASSES - 1, (int) (doublings * PER_DOUBLING));
    }
}
