package io.millrace.inference.white.mask;

import java.util.Arrays;

/**
 * The cheapest cut between two sides of a grid whose neighbours, diagonal ones too, hold to each other: maximum flow after Boykov and
 * Kolmogorov, "An Experimental Comparison of Min-Cut/Max-Flow Algorithms for Energy Minimization in Vision", PAMI 26 (2004). Two
 * trees grow from the sides, paths where they meet are filled, and what loses its root looks for another.
 */
final class Cut {
    /** Neighbours: right, lower right, down, lower left, and the four opposite ones in the same order. */
    static final int[] DX = {1, 1, 0, -1, -1, -1, 0, 1};

    static final int[] DY = {0, 1, 1, 1, 0, -1, -1, -1};
    private static final int WAYS = 8;
    private static final byte FREE = 0;
    private static final byte SUBJECT = 1;
    private static final byte GROUND = 2;
    private static final byte ROOT = 8;
    private static final byte NONE = 9;

    private final int width;
    private final int height;
    /** What may still flow from a node to its neighbour. */
    private final float[] rest;
    /** What may still flow from the subject's side (positive) or to the ground's (negative). */
    private final float[] pull;

    private final byte[] tree;
    private final byte[] parent;
    private final Line active;
    private final Line orphans;

    Cut(int width, int height) {
        this.width = width;
        this.height = height;
        int count = width * height;
        rest = new float[count * WAYS];
        pull = new float[count];
        tree = new byte[count];
        parent = new byte[count];
        active = new Line(count);
        orphans = new Line(count);
    }

    /** @param weight cost of putting the node on the ground's side less that of putting it on the subject's */
    void pull(int node, float weight) {
        pull[node] = weight;
    }

    /** @param way 0 to 3; the same holds in the opposite direction */
    void hold(int node, int way, float weight) {
        int other = neighbour(node, way);
        if (other >= 0) {
            rest[node * WAYS + way] = weight;
            rest[other * WAYS + opposite(way)] = weight;
        }
    }

    /** The neighbour, or -1 beyond the border. */
    int neighbour(int node, int way) {
        int x = node % width + DX[way];
        int y = node / width + DY[way];
        return x < 0 || y < 0 || x >= width || y >= height ? -1 : y * width + x;
    }

    private static int opposite(int way) {
        return way ^ 4;
    }

    /** Whether each node is on the subject's side. */
    boolean[] sides() {
        Arrays.fill(parent, NONE);
        for (int node = 0; node < pull.length; node++) {
            if (pull[node] != 0) {
                tree[node] = pull[node] > 0 ? SUBJECT : GROUND;
                parent[node] = ROOT;
                active.add(node);
            }
        }
        for (int node = active.peek(); node >= 0; node = active.peek()) {
            if (tree[node] == FREE || !grow(node)) {
                active.remove();
            }
        }
        boolean[] subject = new boolean[pull.length];
        for (int node = 0; node < subject.length; node++) {
            subject[node] = tree[node] == SUBJECT;
        }
        return subject;
    }

    /** Takes free neighbours in; where the other tree is met a path is filled. @return whether the node must be looked at again */
    private boolean grow(int node) {
        for (int way = 0; way < WAYS; way++) {
            int other = neighbour(node, way);
            if (other < 0 || open(node, way, other) <= 0) {
                continue;
            }
            if (tree[other] == FREE) {
                tree[other] = tree[node];
                parent[other] = (byte) opposite(way);
                active.add(other);
            } else if (tree[other] != tree[node]) {
                if (tree[node] == SUBJECT) {
                    fill(node, way, other);
                } else {
                    fill(other, opposite(way), node);
                }
                adopt();
                return true;
            }
        }
        return false;
    }

    /** What can flow from a node to the one that lies that way, in the direction of the giver's tree. */
    private float open(int giver, int way, int taker) {
        return tree[giver] == SUBJECT ? rest[giver * WAYS + way] : rest[taker * WAYS + opposite(way)];
    }

    private void fill(int subject, int way, int ground) {
        float least = rest[subject * WAYS + way];
        int at = subject;
        for (; parent[at] != ROOT; at = neighbour(at, parent[at])) {
            least = Math.min(least, rest[neighbour(at, parent[at]) * WAYS + opposite(parent[at])]);
        }
        least = Math.min(least, pull[at]);
        for (at = ground; parent[at] != ROOT; at = neighbour(at, parent[at])) {
            least = Math.min(least, rest[at * WAYS + parent[at]]);
        }
        least = Math.min(least, -pull[at]);
        rest[subject * WAYS + way] -= least;
        rest[ground * WAYS + opposite(way)] += least;
        drainSubject(subject, least);
        drainGround(ground, least);
    }

    private void drainSubject(int from, float flow) {
        int at = from;
        while (parent[at] != ROOT) {
            int above = neighbour(at, parent[at]);
            int down = above * WAYS + opposite(parent[at]);
            rest[at * WAYS + parent[at]] += flow;
            rest[down] -= flow;
            if (rest[down] <= 0) {
                orphan(at);
            }
            at = above;
        }
        pull[at] -= flow;
        if (pull[at] <= 0) {
            orphan(at);
        }
    }

    private void drainGround(int from, float flow) {
        int at = from;
        while (parent[at] != ROOT) {
            int above = neighbour(at, parent[at]);
            rest[above * WAYS + opposite(parent[at])] += flow;
            rest[at * WAYS + parent[at]] -= flow;
            boolean full = rest[at * WAYS + parent[at]] <= 0;
            if (full) {
                orphan(at);
            }
            at = above;
        }
        pull[at] += flow;
        if (pull[at] >= 0) {
            orphan(at);
        }
    }

    private void orphan(int node) {
        orphans.add(node);
    }

    private void adopt() {
        // A node keeps its way up until here, so that draining can go on past it.
        orphans.each(node -> parent[node] = NONE);
        for (int node = orphans.peek(); node >= 0; node = orphans.peek()) {
            orphans.remove();
            if (parent[node] == NONE && tree[node] != FREE && !findParent(node)) {
                release(node);
            }
        }
    }

    private boolean findParent(int node) {
        for (int way = 0; way < WAYS; way++) {
            int other = neighbour(node, way);
            if (other >= 0
                    && tree[other] == tree[node]
                    && open(other, opposite(way), node) > 0
                    && rooted(other, node)) {
                parent[node] = (byte) way;
                return true;
            }
        }
        return false;
    }

    private boolean rooted(int from, int without) {
        int at = from;
        while (parent[at] != ROOT) {
            if (parent[at] == NONE || at == without) {
                return false;
            }
            at = neighbour(at, parent[at]);
        }
        return true;
    }

    private void release(int node) {
        for (int way = 0; way < WAYS; way++) {
            int other = neighbour(node, way);
            if (other < 0 || tree[other] != tree[node]) {
                continue;
            }
            if (open(other, opposite(way), node) > 0) {
                active.add(other);
            }
            if (parent[other] < ROOT && neighbour(other, parent[other]) == node) {
                parent[other] = NONE;
                orphans.add(other);
            }
        }
        tree[node] = FREE;
        parent[node] = NONE;
    }
}
