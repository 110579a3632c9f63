package io.millrace.inference.white.mask;

import java.util.function.IntConsumer;

/** Nodes in line, each at most once. */
final class Line {
    private final int[] ring;
    private final boolean[] held;
    private int first;
    private int count;

    Line(int nodes) {
        ring = new int[nodes];
        held = new boolean[nodes];
    }

    void add(int node) {
        if (!held[node]) {
            held[node] = true;
            ring[(first + count++) % ring.length] = node;
        }
    }

    /** The first in line, or -1. */
    int peek() {
        return count == 0 ? -1 : ring[first];
    }

    void remove() {
        held[ring[first]] = false;
        first = (first + 1) % ring.length;
        count--;
    }

    void each(IntConsumer action) {
        for (int i = 0; i < count; i++) {
            action.accept(ring[(first + i) % ring.length]);
        }
    }
}
