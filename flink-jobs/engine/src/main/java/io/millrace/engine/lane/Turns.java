package io.millrace.engine.lane;

import io.millrace.schemas.v1.LaneLevel;
import io.millrace.schemas.v1.TenantQueue;

/**
 * The circle of queues of one priority. It begins at {@code turn}; who has had a turn goes to its end, who is passed over because
 * of a cap keeps place and credit, so that the turn is not lost.
 */
final class Turns {
    private Turns() {}

    /** Index of the queue that is {@code ahead} places behind the one whose turn it is. */
    static int index(LaneLevel level, int ahead) {
        return (level.getTurn() + ahead) % level.getTenantsCount();
    }

    /** A new queue, at the end of the circle. */
    static TenantQueue.Builder begin(LaneLevel.Builder level) {
        int turn = turn(level);
        if (turn == 0) {
            return level.setTurn(0).addTenantsBuilder();
        }
        level.setTurn(turn + 1);
        return level.addTenantsBuilder(turn);
    }

    /** The queue has had its turn. */
    static void toEnd(LaneLevel.Builder level, int index) {
        int turn = turn(level);
        if (index == turn) {
            level.setTurn((turn + 1) % level.getTenantsCount());
            return;
        }
        TenantQueue queue = level.getTenants(index);
        level.removeTenants(index);
        // Just before the first of the circle is its end.
        level.addTenants(index < turn ? turn - 1 : turn, queue);
        level.setTurn(index < turn ? turn : turn + 1);
    }

    /** The queue is used up. */
    static void remove(LaneLevel.Builder level, int index) {
        int turn = turn(level);
        level.removeTenants(index);
        level.setTurn(index < turn ? turn - 1 : turn);
    }

    private static int turn(LaneLevel.Builder level) {
        return level.getTenantsCount() == 0 ? 0 : level.getTurn() % level.getTenantsCount();
    }
}
