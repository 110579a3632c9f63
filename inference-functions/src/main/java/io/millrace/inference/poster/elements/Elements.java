package io.millrace.inference.poster.elements;

import io.millrace.inference.poster.scene.Shape;
import java.util.List;

/**
 * Result of {@code generating_elements}.
 *
 * @param panels what text stands on, lowest first
 * @param ornaments what only pleases, lowest first; painted before the panels, except a motif on a card, which is one of them
 * @param artifact PNG of all of them on transparent ground
 */
public record Elements(List<Shape> panels, List<Shape> ornaments, String artifact) {
    public Elements {
        panels = List.copyOf(panels);
        ornaments = List.copyOf(ornaments);
    }
}
