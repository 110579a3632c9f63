package io.millrace.inference.poster.refine;

import io.millrace.inference.poster.Phases;
import io.millrace.inference.poster.quality.Quality;
import java.util.ArrayList;
import java.util.List;

/**
 * Which phase is to blame for bad scores, and what it should do differently. The earliest phase to blame wins, as later ones run
 * again after it anyway.
 *
 * @param reason for people
 */
record Remedy(String backTo, Adjustments adjustments, String reason) {
    private static final double ENOUGH = 0.8;

    /**
     * @param family composition in use
     * @param before adjustments already made
     * @param round 1 for the first
     */
    static Remedy find(Quality quality, String family, Adjustments before, int round) {
        if (quality.margins() < 1 || quality.textSize() < ENOUGH) {
            return otherLayout(family, before, "text leaves the margins, meets another or is too small");
        }
        if (quality.calm() < ENOUGH) {
            return calmer(before, round, "the background is restless behind text");
        }
        if (quality.clear() < 1) {
            Adjustments fewer = with(
                    before, before.avoid(), before.calm(), before.reseed(), before.ornaments() * 0.3, before.scrim());
            return new Remedy(Phases.ELEMENTS, fewer, "an ornament touches text");
        }
        if (quality.contrast() < ENOUGH) {
            return veiled(before, "text is too pale on its ground");
        }
        return otherLayout(family, before, "a text was not read");
    }

    private static Remedy otherLayout(String family, Adjustments before, String reason) {
        List<String> avoid = new ArrayList<>(before.avoid());
        avoid.add(family);
        return new Remedy(
                Phases.LAYOUT,
                with(before, avoid, before.calm(), before.reseed(), before.ornaments(), before.scrim()),
                reason);
    }

    private static Remedy calmer(Adjustments before, int round, String reason) {
        double scrim = round > 1 ? Math.min(0.9, before.scrim() + 0.4) : before.scrim();
        return new Remedy(
                Phases.BACKGROUND,
                with(
                        before,
                        before.avoid(),
                        Math.min(1, before.calm() + 0.6),
                        before.reseed() + 1,
                        before.ornaments() * 0.6,
                        scrim),
                reason);
    }

    private static Remedy veiled(Adjustments before, String reason) {
        double scrim = Math.min(0.9, before.scrim() + 0.45);
        return new Remedy(
                Phases.TEXT,
                with(before, before.avoid(), before.calm(), before.reseed(), before.ornaments(), scrim),
                reason);
    }

    private static Adjustments with(
            Adjustments before, List<String> avoid, double calm, int reseed, double ornaments, double scrim) {
        return new Adjustments(avoid, before.sizeScale(), calm, reseed, ornaments, scrim);
    }
}
