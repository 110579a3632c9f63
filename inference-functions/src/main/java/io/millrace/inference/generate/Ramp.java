package io.millrace.inference.generate;

import io.millrace.inference.poster.colour.Oklch;
import io.millrace.inference.poster.colour.Rgb;
import java.util.ArrayList;
import java.util.List;

/**
 * The colours of the terraces, lowest first: from the deep shade of the first colour through the wanted colours to a light tint of the
 * last, in even steps of OKLCH. No text has to stand on them, so they may be as strong as they were wished for.
 */
final class Ramp {
    private static final double DEEP = 0.26;
    private static final double LIGHT = 0.93;

    private Ramp() {}

    /** @param count at least 2 */
    static List<Rgb> of(List<Rgb> wished, int count) {
        List<Rgb> stops = new ArrayList<>();
        List<Rgb> inOrder = wished.stream()
                .sorted((one, other) -> Double.compare(
                        Oklch.of(one).lightness(), Oklch.of(other).lightness()))
                .toList();
        Oklch first = Oklch.of(inOrder.get(0));
        Oklch last = Oklch.of(inOrder.get(inOrder.size() - 1));
        stops.add(first.withLightness(Math.min(DEEP, first.lightness())).rgb());
        stops.addAll(inOrder);
        if (inOrder.size() == 1) {
            stops.add(last.turned(28)
                    .withLightness((last.lightness() + LIGHT) / 2)
                    .rgb());
        }
        stops.add(last.withLightness(Math.max(LIGHT, last.lightness()))
                .withChroma(last.chroma() * 0.35)
                .rgb());
        List<Rgb> ramp = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            double at = i * (stops.size() - 1) / (double) (count - 1);
            int below = Math.min((int) at, stops.size() - 2);
            ramp.add(stops.get(below).mix(stops.get(below + 1), at - below));
        }
        return ramp;
    }
}
