package io.millrace.inference.poster.elements;

import io.millrace.inference.poster.Style;
import io.millrace.inference.poster.colour.Oklch;
import io.millrace.inference.poster.colour.Palette;
import io.millrace.inference.poster.colour.Rgb;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Colours of the parts of a drawing. */
final class MotifColours {
    private MotifColours() {}

    static Map<String, Rgb> of(Palette palette, Style style) {
        List<Rgb> ramp = palette.ramp();
        Map<String, Rgb> colours = new LinkedHashMap<>();
        Oklch main = Oklch.of(ramp.get(4));
        switch (style) {
            case BUSINESS -> {
                colours.put("main", palette.surface());
                colours.put(
                        "soft",
                        main.withLightness(0.82).withChroma(main.chroma() * 0.5).rgb());
                colours.put("accent", palette.accent());
                colours.put("dark", ramp.get(0));
            }
            case CARTOON -> {
                colours.put("main", ramp.get(5));
                colours.put("soft", ramp.get(2));
                colours.put("accent", palette.accent());
                colours.put("dark", palette.ink());
            }
            case TECH, ELEGANT, CHINESE -> {
                colours.put("main", palette.ink());
                colours.put("soft", palette.ramp().get(4));
                colours.put("accent", palette.accent());
                colours.put("dark", ramp.get(0));
            }
            case RETRO -> {
                colours.put("main", palette.surface());
                colours.put("soft", ramp.get(3));
                colours.put("accent", palette.accent());
                colours.put("dark", palette.ink());
            }
            case MINIMALIST -> {
                colours.put("main", palette.surface());
                colours.put("soft", main.withLightness(0.9).rgb());
                colours.put("accent", palette.accent());
                colours.put("dark", palette.ink());
            }
        }
        colours.put("glow", new Oklch(0.92, 0.09, 92).rgb());
        colours.put("glow_shade", new Oklch(0.87, 0.1, 88).rgb());
        colours.put("ember", new Oklch(0.52, 0.2, 27).rgb());
        colours.put("shine", new Rgb(0xFFFFFF));
        return colours;
    }
}
