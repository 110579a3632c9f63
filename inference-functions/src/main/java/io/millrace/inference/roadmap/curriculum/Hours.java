package io.millrace.inference.roadmap.curriculum;

import io.millrace.inference.roadmap.Concept;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Shares out half hours among concepts in proportion to what each takes, by largest remainder: the sum is exact. */
final class Hours {
    private Hours() {}

    /** @param halfHours to share out, at least as many as there are concepts; each gets at least one */
    static List<Concept> share(List<Concept> concepts, int halfHours) {
        if (halfHours < concepts.size()) {
            throw new IllegalArgumentException(
                    halfHours + " half hours are too few for " + concepts.size() + " concepts");
        }
        double all = concepts.stream().mapToDouble(Concept::hours).sum();
        int[] given = new int[concepts.size()];
        double[] remainder = new double[concepts.size()];
        int left = halfHours;
        for (int i = 0; i < given.length; i++) {
            double fair = halfHours * concepts.get(i).hours() / all;
            given[i] = (int) Math.max(1, Math.floor(fair));
            remainder[i] = fair - given[i];
            left -= given[i];
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < given.length; i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble((Integer i) -> -remainder[i]).thenComparing(i -> i));
        for (int i = 0; left > 0; i = (i + 1) % given.length) {
            given[order.get(i)]++;
            left--;
        }
        // Those who got one although less was fair: others pay for it, who are over their share first.
        for (int i = given.length - 1; left < 0; i = (i + given.length - 1) % given.length) {
            if (given[order.get(i)] > 1) {
                given[order.get(i)]--;
                left++;
            }
        }
        List<Concept> shared = new ArrayList<>();
        for (int i = 0; i < given.length; i++) {
            shared.add(concepts.get(i).withHalfHours(given[i]));
        }
        return shared;
    }
}
