package io.millrace.inference.roadmap.curriculum;

import io.millrace.inference.roadmap.Concept;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Concepts after their prerequisites; where that leaves a choice, by level, then as given.
 *
 * @param sorted those that can be ordered
 * @param tangled those on a cycle or behind one, as given
 */
public record Order(List<Concept> sorted, List<Concept> tangled) {
    /** Prerequisites that are not in the list do not count. */
    public static Order of(List<Concept> concepts) {
        Set<String> waiting = new LinkedHashSet<>();
        concepts.forEach(concept -> waiting.add(concept.id()));
        List<Concept> rest = new ArrayList<>(concepts);
        List<Concept> sorted = new ArrayList<>();
        while (true) {
            Optional<Concept> next = next(rest, waiting);
            if (next.isEmpty()) {
                return new Order(List.copyOf(sorted), List.copyOf(rest));
            }
            sorted.add(next.get());
            rest.remove(next.get());
            waiting.remove(next.get().id());
        }
    }

    private static Optional<Concept> next(List<Concept> rest, Set<String> waiting) {
        Concept best = null;
        for (Concept concept : rest) {
            boolean free = concept.prerequisites().stream().noneMatch(waiting::contains);
            if (free && (best == null || concept.level() < best.level())) {
                best = concept;
            }
        }
        return Optional.ofNullable(best);
    }

    /** All of them, the tangled last. */
    public List<Concept> all() {
        List<Concept> all = new ArrayList<>(sorted);
        all.addAll(tangled);
        return all;
    }
}
