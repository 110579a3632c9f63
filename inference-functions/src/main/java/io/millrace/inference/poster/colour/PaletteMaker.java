package io.millrace.inference.poster.colour;

import io.millrace.inference.poster.Style;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes a palette from the few colours a user names: the hues are theirs, lightness and chroma follow the style, so that any choice,
 * neon or near-grey, gives readable and related colours.
 */
public final class PaletteMaker {
    private static final double GREY = 0.035;
    private static final double READS = 5.2;
    private static final Oklch GOLD = new Oklch(0.83, 0.155, 84);

    private PaletteMaker() {}

    /**
     * @param scheme at least one colour, the most important first
     */
    public static Palette make(List<Rgb> scheme, Style style) {
        return make(scheme, style, 0);
    }

    /**
     * @param scheme at least one colour, the most important first
     * @param seed chooses where a style has two sides: business by night or by day
     */
    public static Palette make(List<Rgb> scheme, Style style, long seed) {
        List<Oklch> hues = new ArrayList<>();
        for (Rgb colour : scheme) {
            Oklch candidate = Oklch.of(colour);
            if (candidate.chroma() >= GREY) {
                hues.add(candidate);
            }
        }
        Oklch first = Oklch.of(scheme.get(0));
        Oklch main = hues.isEmpty() ? new Oklch(first.lightness(), Math.min(0.02, first.chroma()), 255) : hues.get(0);
        return switch (style) {
            case BUSINESS -> Math.floorMod(seed, 3) == 2 ? MoodPalettes.daylight(main, hues) : business(main, hues);
            case CARTOON -> cartoon(main, hues);
            case MINIMALIST -> minimalist(main, hues);
            case TECH -> MoodPalettes.tech(main, hues);
            case ELEGANT -> MoodPalettes.elegant(first, hues);
            case RETRO -> MoodPalettes.retro(main, hues);
            case CHINESE -> MoodPalettes.chinese(first, hues);
        };
    }

    /** Deep, one family of hue, light from far away; the user's own colour is one of the terraces. */
    private static Palette business(Oklch main, List<Oklch> hues) {
        double chroma = Math.min(main.chroma(), 0.21);
        // Yellow has no dark shades that look clean: it shines on charcoal instead.
        boolean yellow = main.hue() > 68 && main.hue() < 128;
        double deep = yellow ? 0.012 : Math.min(chroma * 0.7, 0.145);
        double turn = yellow ? 0 : 7;
        List<Rgb> ramp = List.of(
                main.turned(turn)
                        .withLightness(yellow ? 0.27 : 0.34)
                        .withChroma(deep)
                        .rgb(),
                main.turned(turn * .7)
                        .withLightness(yellow ? 0.33 : 0.405)
                        .withChroma(deep * 1.15)
                        .rgb(),
                main.turned(turn * .5)
                        .withLightness(yellow ? 0.4 : 0.475)
                        .withChroma(deep * 1.3)
                        .rgb(),
                main.turned(turn * .2)
                        .withLightness(yellow ? 0.7 : 0.55)
                        .withChroma(chroma * .92)
                        .rgb(),
                main.withLightness(clamp(main.lightness(), yellow ? 0.78 : 0.6, yellow ? 0.86 : 0.68))
                        .withChroma(chroma)
                        .rgb(),
                highlight(main, chroma, yellow));
        Oklch accent = second(main, hues, yellow ? main : GOLD);
        accent = accent.withLightness(clamp(accent.lightness(), 0.76, 0.86));
        Rgb ink = main.withLightness(0.99).withChroma(0.006).rgb();
        Rgb dark = main.turned(turn).withLightness(0.24).withChroma(deep * .9).rgb();
        Rgb surface = main.withLightness(0.972).withChroma(0.012).rgb();
        return new Palette(
                ramp.get(0), ramp, ink, accent.rgb(), Contrast.inkOn(accent.rgb(), ink, dark), surface, dark);
    }

    /** The lightest terrace. Red would turn pink when light: it leans to orange. */
    private static Rgb highlight(Oklch main, double chroma, boolean yellow) {
        boolean red = main.hue() > 8 && main.hue() < 50;
        if (red) {
            return main.turned(18).withLightness(0.7).withChroma(chroma * .85).rgb();
        }
        return main.turned(-12)
                .withLightness(yellow ? 0.92 : 0.79)
                .withChroma(chroma * .7)
                .rgb();
    }

    /** Light ground, bright flat neighbours; missing hues are found around the wheel. */
    private static Palette cartoon(Oklch main, List<Oklch> hues) {
        List<Oklch> bright = new ArrayList<>(hues);
        if (bright.isEmpty()) {
            bright.add(main.withChroma(0.12));
        }
        double[] turns = {48, -70, 150, 95};
        for (int i = 0; bright.size() < 4; i++) {
            bright.add(bright.get(0).turned(turns[i]));
        }
        Rgb base = main.withLightness(0.955).withChroma(0.035).rgb();
        double[] lights = {0.9, 0.84, 0.8, 0.74};
        List<Oklch> chosen = new ArrayList<>(bright.subList(0, 4));
        List<Rgb> ramp = new ArrayList<>(List.of(base));
        for (int i = 0; i < 4; i++) {
            Oklch colour = chosen.get(i);
            double chroma = clamp(colour.chroma(), 0.11, 0.165);
            ramp.add(colour.withLightness(lights[i] + (warm(colour) ? 0.02 : 0))
                    .withChroma(chroma)
                    .rgb());
        }
        Oklch deepest = chosen.get(0);
        ramp.add(deepest.withLightness(0.66)
                .withChroma(clamp(deepest.chroma(), 0.14, 0.19))
                .rgb());
        Rgb ink = main.withLightness(0.27).withChroma(0.07).rgb();
        Oklch accent = bright.stream()
                .max(Comparator.comparingDouble(c -> Math.abs(Math.IEEEremainder(c.hue() - main.hue(), 360))))
                .orElse(main);
        Rgb paper = main.withLightness(0.992).withChroma(0.008).rgb();
        Rgb mark = readable(accent.withLightness(0.6).withChroma(clamp(accent.chroma(), 0.15, 0.21)), paper, ink);
        return new Palette(base, ramp, ink, mark, Contrast.inkOn(mark, paper, ink), paper, ink);
    }

    /** Paper, one quiet family, one accent. */
    private static Palette minimalist(Oklch main, List<Oklch> hues) {
        double quiet = Math.min(main.chroma() * 0.42, 0.062);
        Rgb paper = main.withLightness(0.968).withChroma(Math.min(quiet, 0.009)).rgb();
        double[] lights = {0.925, 0.87, 0.79, 0.69, 0.57};
        List<Rgb> ramp = new ArrayList<>(List.of(paper));
        for (int i = 0; i < lights.length; i++) {
            Oklch hue = hues.size() > 1 && i % 2 == 1 ? hues.get(1) : main;
            ramp.add(hue.withLightness(lights[i])
                    .withChroma(quiet * (0.5 + 0.16 * i))
                    .rgb());
        }
        Rgb ink = main.withLightness(0.25).withChroma(Math.min(quiet, 0.03)).rgb();
        Oklch accent = main.withLightness(0.5).withChroma(clamp(main.chroma(), 0.03, 0.13));
        Rgb mark = readable(accent, paper, ink);
        return new Palette(paper, ramp, ink, mark, Contrast.inkOn(mark, paper, ink), new Rgb(0xFFFFFF), ink);
    }

    /** Darker or lighter until one of the inks reads well on it. */
    private static Rgb readable(Oklch accent, Rgb light, Rgb dark) {
        Rgb colour = accent.rgb();
        boolean yellow = accent.hue() > 60 && accent.hue() < 118;
        if (yellow && accent.chroma() > 0.1) {
            return accent.withLightness(Math.max(0.82, accent.lightness())).rgb();
        }
        boolean towardsDark =
                Contrast.ratio(colour, light) >= Contrast.ratio(colour, dark) || accent.lightness() < 0.63;
        double step = towardsDark ? -0.012 : 0.012;
        for (double lightness = accent.lightness(); lightness > 0.2 && lightness < 0.95; lightness += step) {
            colour = accent.withLightness(lightness).rgb();
            if (Contrast.ratio(colour, towardsDark ? light : dark) >= READS) {
                return colour;
            }
        }
        return colour;
    }

    private static Oklch second(Oklch main, List<Oklch> hues, Oklch otherwise) {
        for (Oklch hue : hues) {
            if (Math.abs(Math.IEEEremainder(hue.hue() - main.hue(), 360)) > 35) {
                return hue.withChroma(clamp(hue.chroma(), 0.1, 0.17));
            }
        }
        if (otherwise.equals(main)) {
            return main;
        }
        boolean tooClose = Math.abs(Math.IEEEremainder(otherwise.hue() - main.hue(), 360)) < 50;
        return tooClose ? new Oklch(0.95, 0.035, otherwise.hue()) : otherwise;
    }

    private static boolean warm(Oklch colour) {
        return colour.hue() > 40 && colour.hue() < 120;
    }

    private static double clamp(double value, double low, double high) {
        return Math.min(high, Math.max(low, value));
    }
}
