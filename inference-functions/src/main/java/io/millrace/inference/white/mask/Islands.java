package io.millrace.inference.white.mask;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Clears a mask of what is too small to be meant: crumbs on the ground and pinholes in the subject. */
final class Islands {
    /** Share of the largest piece below which another one is a crumb. */
    private static final double CRUMB = 0.02;
    /** Share of the subject below which a hole is a highlight and no opening. */
    private static final double PINHOLE = 0.004;

    private final int width;
    private final boolean[] mask;

    private Islands(int width, boolean[] mask) {
        this.width = width;
        this.mask = mask;
    }

    /** Changes the mask in place. */
    static void clear(int width, boolean[] mask) {
        Islands islands = new Islands(width, mask);
        List<List<Integer>> pieces = islands.pieces(true);
        int largest = pieces.stream().mapToInt(List::size).max().orElse(0);
        for (List<Integer> piece : pieces) {
            if (piece.size() < CRUMB * largest) {
                piece.forEach(node -> mask[node] = false);
            }
        }
        List<List<Integer>> holes = islands.pieces(false);
        holes.sort(Comparator.comparingInt(List::size));
        for (List<Integer> hole : holes) {
            if (hole.size() < PINHOLE * largest) {
                hole.forEach(node -> mask[node] = true);
            }
        }
    }

    private List<List<Integer>> pieces(boolean value) {
        boolean[] seen = new boolean[mask.length];
        List<List<Integer>> pieces = new ArrayList<>();
        for (int start = 0; start < mask.length; start++) {
            if (mask[start] == value && !seen[start]) {
                pieces.add(piece(start, value, seen));
            }
        }
        return pieces;
    }

    private List<Integer> piece(int start, boolean value, boolean[] seen) {
        List<Integer> piece = new ArrayList<>();
        ArrayDeque<Integer> open = new ArrayDeque<>();
        open.add(start);
        seen[start] = true;
        while (!open.isEmpty()) {
            int node = open.removeFirst();
            piece.add(node);
            int x = node % width;
            visit(x > 0 ? node - 1 : -1, value, seen, open);
            visit(x + 1 < width ? node + 1 : -1, value, seen, open);
            visit(node - width, value, seen, open);
            visit(node + width < mask.length ? node + width : -1, value, seen, open);
        }
        return piece;
    }

    private void visit(int node, boolean value, boolean[] seen, ArrayDeque<Integer> open) {
        if (node >= 0 && mask[node] == value && !seen[node]) {
            seen[node] = true;
            open.add(node);
        }
    }
}
