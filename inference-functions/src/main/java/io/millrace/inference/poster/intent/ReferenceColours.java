package io.millrace.inference.poster.intent;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.poster.Phases;
import io.millrace.inference.poster.colour.Oklch;
import io.millrace.inference.poster.colour.Rgb;
import io.millrace.inference.poster.scene.Pictures;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The colours that a reference picture is made of, for a poster whose colours nobody named. */
final class ReferenceColours {
    private static final int SIDE = 96;
    private static final int MOST = 3;
    /** Two colours nearer than this in Oklab look like one. */
    private static final double APART = 0.12;

    private ReferenceColours() {}

    /** Up to three, the one that marks the picture most first; empty without a reference that was uploaded or fetched. */
    static List<Rgb> of(JsonNode params, PhaseContext context) throws PhaseFailure {
        String first = params.path("reference").path(0).asText("");
        if (!first.startsWith("sha256:")) {
            return List.of();
        }
        return of(Phases.picture(context, first));
    }

    /** Counts pixels by coarse colour; vivid colours count more than grey ones, as they do to the eye. */
    static List<Rgb> of(BufferedImage picture) {
        BufferedImage small = Pictures.scaled(picture, SIDE, SIDE);
        Map<Integer, long[]> cells = new HashMap<>();
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int pixel = small.getRGB(x, y);
                long[] cell = cells.computeIfAbsent(pixel & 0xE0E0E0, key -> new long[4]);
                cell[0]++;
                cell[1] += pixel >> 16 & 255;
                cell[2] += pixel >> 8 & 255;
                cell[3] += pixel & 255;
            }
        }
        List<Rgb> ranked = cells.values().stream()
                .sorted(Comparator.comparingDouble(ReferenceColours::weight).reversed())
                .map(ReferenceColours::mean)
                .toList();
        List<Rgb> chosen = new ArrayList<>();
        for (Rgb colour : ranked) {
            if (chosen.size() < MOST && chosen.stream().allMatch(other -> distance(colour, other) > APART)) {
                chosen.add(colour);
            }
        }
        return chosen;
    }

    private static double weight(long[] cell) {
        return cell[0] * (0.05 + Oklch.of(mean(cell)).chroma());
    }

    private static Rgb mean(long[] cell) {
        return new Rgb((int) (cell[1] / cell[0]) << 16 | (int) (cell[2] / cell[0]) << 8 | (int) (cell[3] / cell[0]));
    }

    private static double distance(Rgb one, Rgb other) {
        Oklch a = Oklch.of(one);
        Oklch b = Oklch.of(other);
        double turn = Math.toRadians(a.hue() - b.hue());
        double chroma =
                a.chroma() * a.chroma() + b.chroma() * b.chroma() - 2 * a.chroma() * b.chroma() * Math.cos(turn);
        return Math.hypot(a.lightness() - b.lightness(), Math.sqrt(Math.max(0, chroma)));
    }
}
