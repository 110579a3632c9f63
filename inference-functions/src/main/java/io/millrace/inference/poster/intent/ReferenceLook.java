package io.millrace.inference.poster.intent;

import io.millrace.inference.model.pattern.PatternKind;
import io.millrace.inference.poster.colour.Oklch;
import io.millrace.inference.poster.colour.Rgb;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a reference picture gives: its main colours, counted in boxes of OKLCH with vivid ones counting more, and the kind of pattern that is
 * nearest to its texture.
 *
 * @param colours one to three, the strongest first
 * @param look name of a {@link PatternKind}
 */
record ReferenceLook(List<Rgb> colours, String look) {
    private static final int SAMPLES = 90;
    private static final int MOST = 3;

    static ReferenceLook of(BufferedImage picture) {
        Map<String, double[]> boxes = new LinkedHashMap<>();
        int steps = 0;
        int edges = 0;
        double before = 0;
        for (int i = 0; i < SAMPLES * SAMPLES; i++) {
            int x = i % SAMPLES * picture.getWidth() / SAMPLES;
            int y = Math.floorDiv(i, SAMPLES) * picture.getHeight() / SAMPLES;
            Oklch colour = Oklch.of(new Rgb(picture.getRGB(x, y)));
            boolean grey = colour.chroma() < 0.04;
            String box = grey
                    ? "grey" + Math.round(colour.lightness() * 3)
                    : Math.round(colour.hue() / 30) % 12 + "/" + Math.round(colour.lightness() * 3);
            double weight = 0.25 + 6 * colour.chroma();
            double[] sum = boxes.computeIfAbsent(box, name -> new double[5]);
            double turn = Math.toRadians(colour.hue());
            sum[0] += weight;
            sum[1] += weight * colour.lightness();
            sum[2] += weight * colour.chroma() * Math.cos(turn);
            sum[3] += weight * colour.chroma() * Math.sin(turn);
            if (i % SAMPLES > 0) {
                steps++;
                edges += Math.abs(colour.lightness() - before) > 0.09 ? 1 : 0;
            }
            before = colour.lightness();
        }
        List<Rgb> colours = new ArrayList<>();
        boxes.values().stream()
                .sorted(Comparator.comparingDouble((double[] sum) -> -sum[0]))
                .limit(MOST)
                .map(ReferenceLook::mean)
                .forEach(colours::add);
        double busy = edges / (double) steps;
        PatternKind kind = busy > 0.2 ? PatternKind.GEOMETRIC : busy > 0.06 ? PatternKind.PAPER_CUT : PatternKind.MESH;
        return new ReferenceLook(List.copyOf(colours), kind.label());
    }

    private static Rgb mean(double[] sum) {
        double a = sum[2] / sum[0];
        double b = sum[3] / sum[0];
        double hue = Math.toDegrees(Math.atan2(b, a));
        return new Oklch(sum[1] / sum[0], Math.hypot(a, b), hue < 0 ? hue + 360 : hue).rgb();
    }
}
