package io.millrace.edge.body;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
public final class NearMiss {
    private static final int SHORT = 5;

    private NearMiss() {}

    /**
     * The known name that the given one is a slip of: the same but for case, {@code -} and {@code _}, or one letter wrong, missing, too
     * many or swapped (two in names of more than five letters). Empty for a known name, and for one that is like none.
     */
    public static Optional<String> of(String given, List<String> known) {
        if (known.contains(given)) {
            return Optional.empty();
        }
        return known.stream().filter(name -> isSlip(given, name)).findFirst();
    }

    private static boolean isSlip(String given, String name) {
        if (bare(given).equals(bare(name))) {
            return true;
        }
        int allowed = name.length() <= SHORT ? 1 : 2;
        return Math.abs(given.length() - name.length()) <= allowed && distance(given, name) <= allowed;
    }

    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    /** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + same, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
