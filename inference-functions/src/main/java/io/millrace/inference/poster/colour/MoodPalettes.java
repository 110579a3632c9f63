package io.millrace.inference.poster.colour;

import java.util.ArrayList;
import java.util.List;

/** Palettes of the styles that set a mood: tech, elegant, retro, Chinese, and the bright side of business. */
final class MoodPalettes {
    private static final Oklch GOLD = new Oklch(0.8, 0.105, 84);
    private static final Oklch CINNABAR = new Oklch(0.55, 0.185, 29);

    private MoodPalettes() {}

    /** Near black, lit by the two hues. */
    static Palette tech(Oklch main, List<Oklch> hues) {
        double hue = main.chroma() < 0.04 ? 255 : main.hue();
        Oklch first = new Oklch(0.6, Math.max(0.17, Math.min(main.chroma(), 0.24)), hue);
        Oklch second = hues.size() > 1 ? hues.get(1) : first.turned(hue > 200 && hue < 300 ? -75 : 70);
        List<Rgb> ramp = List.of(
                first.withLightness(0.165).withChroma(0.045).rgb(),
                first.withLightness(0.215).withChroma(0.07).rgb(),
                first.withLightness(0.3).withChroma(0.12).rgb(),
                first.withLightness(0.43).withChroma(0.18).rgb(),
                first.rgb(),
                second.withLightness(0.76).withChroma(0.15).rgb());
        Rgb ink = first.withLightness(0.985).withChroma(0.008).rgb();
        Rgb accent = second.withLightness(0.84).withChroma(0.15).rgb();
        Rgb dark = ramp.get(0);
        return new Palette(
                dark,
                ramp,
                ink,
                accent,
                dark,
                first.withLightness(0.24).withChroma(0.06).rgb(),
                ink);
    }

    /** Deep and gold; for light colours powder and gold. */
    static Palette elegant(Oklch main, List<Oklch> hues) {
        boolean light = main.lightness() > 0.74 && main.chroma() > 0.03;
        double chroma = Math.min(main.chroma(), 0.075);
        Oklch metal = hues.stream()
                .filter(hue -> !hue.equals(main) && hue.hue() > 45 && hue.hue() < 110)
                .findFirst()
                .map(hue -> GOLD)
                .orElse(hues.isEmpty() && main.chroma() < 0.02 ? new Oklch(0.84, 0.012, 250) : GOLD);
        if (light) {
            Oklch powder = main.withChroma(Math.min(main.chroma(), 0.06));
            Rgb ink = main.withLightness(0.3).withChroma(0.05).rgb();
            List<Rgb> ramp = List.of(
                    powder.withLightness(0.955).withChroma(0.016).rgb(),
                    powder.withLightness(0.925).withChroma(0.03).rgb(),
                    powder.withLightness(0.88).rgb(),
                    powder.withLightness(0.83).rgb(),
                    metal.withLightness(0.84).withChroma(0.07).rgb(),
                    powder.withLightness(0.74).withChroma(0.07).rgb());
            Rgb accent = metal.withLightness(0.5).withChroma(0.085).rgb();
            Rgb paper = powder.withLightness(0.985).withChroma(0.006).rgb();
            return new Palette(ramp.get(0), ramp, ink, accent, paper, paper, ink);
        }
        List<Rgb> ramp = List.of(
                main.withLightness(0.19).withChroma(chroma * 0.55).rgb(),
                main.withLightness(0.225).withChroma(chroma * 0.65).rgb(),
                main.withLightness(0.275).withChroma(chroma * 0.75).rgb(),
                main.withLightness(0.33).withChroma(chroma * 0.85).rgb(),
                metal.withLightness(0.62).rgb(),
                metal.withLightness(0.84).rgb());
        Rgb ink = metal.withLightness(0.965).withChroma(0.018).rgb();
        Rgb dark = main.withLightness(0.22).withChroma(chroma * 0.6).rgb();
        return new Palette(ramp.get(0), ramp, ink, metal.rgb(), dark, ink, dark);
    }

    /** Cream paper and a few inks gone warm. */
    static Palette retro(Oklch main, List<Oklch> hues) {
        List<Oklch> inks = new ArrayList<>(hues.isEmpty() ? List.of(new Oklch(0.6, 0.15, 40)) : hues);
        double[] turns = {55, -60, 160};
        for (int i = 0; inks.size() < 3; i++) {
            inks.add(inks.get(0).turned(turns[i]));
        }
        Rgb paper = new Oklch(0.925, 0.042, 86).rgb();
        List<Rgb> ramp = List.of(
                paper,
                new Oklch(0.87, 0.065, 80).rgb(),
                warm(inks.get(1), 0.77),
                warm(inks.get(0), 0.64),
                warm(inks.get(2), 0.52),
                warm(inks.get(0), 0.44));
        Rgb ink = new Oklch(0.27, 0.045, 45).rgb();
        Oklch stamp = inks.get(0)
                .withLightness(0.5)
                .withChroma(Math.min(0.15, Math.max(0.09, inks.get(0).chroma())));
        Rgb light = new Oklch(0.965, 0.025, 88).rgb();
        Rgb accent = stamp.rgb();
        for (double lightness = 0.5; Contrast.ratio(accent, light) < 5 && lightness > 0.3; lightness -= 0.02) {
            accent = stamp.withLightness(lightness).rgb();
        }
        return new Palette(paper, ramp, ink, accent, light, light, ink);
    }

    private static Rgb warm(Oklch colour, double lightness) {
        return colour.withLightness(lightness)
                .withChroma(Math.min(0.135, Math.max(0.08, colour.chroma() * 0.85)))
                .rgb();
    }

    /** Red and gold for feasts, otherwise rice paper, ink of the hue and a cinnabar seal. */
    static Palette chinese(Oklch main, List<Oklch> hues) {
        boolean red = main.chroma() > 0.08 && (main.hue() < 48 || main.hue() > 345);
        boolean deep = red || main.lightness() < 0.34;
        if (deep) {
            double hue = red ? 27 : main.hue();
            double chroma = red ? 0.165 : Math.min(main.chroma(), 0.09);
            double base = red ? 0.44 : 0.29;
            Oklch colour = new Oklch(base, chroma, hue);
            List<Rgb> ramp = List.of(
                    colour.rgb(),
                    colour.withLightness(base - 0.045).rgb(),
                    colour.withLightness(base + 0.055).rgb(),
                    colour.withLightness(base + 0.11).turned(6).rgb(),
                    GOLD.withLightness(0.74).rgb(),
                    GOLD.withLightness(0.86).withChroma(0.09).rgb());
            Rgb cream = new Oklch(0.962, 0.028, 88).rgb();
            Rgb dark = colour.withLightness(0.3).withChroma(chroma * 0.7).rgb();
            return new Palette(
                    ramp.get(0), ramp, cream, GOLD.withLightness(0.84).rgb(), dark, cream, dark);
        }
        double chroma = Math.min(0.075, Math.max(main.chroma() * 0.6, 0.02));
        Rgb paper = new Oklch(0.95, 0.02, 92).rgb();
        List<Rgb> ramp = new ArrayList<>(List.of(paper));
        double[] lights = {0.895, 0.82, 0.72, 0.6, 0.46};
        for (int i = 0; i < lights.length; i++) {
            ramp.add(main.withLightness(lights[i])
                    .withChroma(chroma * (0.4 + 0.17 * i))
                    .rgb());
        }
        Rgb ink = main.withLightness(0.27).withChroma(chroma * 0.7).rgb();
        Rgb white = new Oklch(0.982, 0.01, 92).rgb();
        return new Palette(paper, ramp, ink, CINNABAR.withLightness(0.5).rgb(), white, white, ink);
    }

    /** Business by daylight: white ground, the colour in the pattern and the marks. */
    static Palette daylight(Oklch main, List<Oklch> hues) {
        double chroma = Math.min(main.chroma(), 0.2);
        double[] lights = {0.985, 0.945, 0.88, 0.79, 0.67, 0.5};
        double[] shares = {0.04, 0.12, 0.3, 0.55, 0.85, 1};
        List<Rgb> ramp = new ArrayList<>();
        for (int i = 0; i < lights.length; i++) {
            ramp.add(main.turned(i == 5 ? 8 : 0)
                    .withLightness(lights[i])
                    .withChroma(chroma * shares[i])
                    .rgb());
        }
        Rgb ink = main.withLightness(0.25)
                .withChroma(Math.min(chroma * 0.5, 0.07))
                .rgb();
        Rgb white = new Rgb(0xFFFFFF);
        Rgb accent = main.withLightness(0.52).withChroma(chroma).rgb();
        for (double lightness = 0.52; Contrast.ratio(accent, white) < 5 && lightness > 0.3; lightness -= 0.015) {
            accent = main.withLightness(lightness).withChroma(chroma).rgb();
        }
        return new Palette(ramp.get(0), ramp, ink, accent, white, white, ink);
    }
}
