package io.millrace.inference.poster.text;

import io.millrace.inference.poster.colour.Contrast;
import io.millrace.inference.poster.colour.Oklch;
import io.millrace.inference.poster.colour.Palette;
import io.millrace.inference.poster.colour.Rgb;
import io.millrace.inference.poster.intent.Role;
import io.millrace.inference.poster.layout.Layout.PanelKind;
import java.util.List;
import java.util.Optional;

/** Colours a text may have, best first. */
final class Inks {
    private Inks() {}

    static List<Rgb> on(Optional<PanelKind> panel, Role role, Palette palette) {
        if (panel.isPresent() && accented(panel.get())) {
            return List.of(palette.onAccent(), palette.ink(), palette.onSurface(), palette.surface());
        }
        if (panel.isPresent()) {
            return switch (role) {
                case KICKER, FEATURE -> List.of(deep(palette), palette.onSurface());
                case BODY, SUBTITLE, FOOTER ->
                    List.of(softened(palette.onSurface(), palette.surface()), palette.onSurface());
                case DATE, BRAND, HEADLINE, CTA -> List.of(palette.onSurface());
            };
        }
        return switch (role) {
            case KICKER -> List.of(palette.accent(), palette.ink(), palette.onSurface(), palette.surface());
            case BODY, FOOTER ->
                List.of(softened(palette.ink(), palette.base()), palette.ink(), palette.onSurface(), palette.surface());
            case FEATURE -> List.of(palette.accent(), palette.ink(), palette.onSurface(), palette.surface());
            case BRAND, HEADLINE, SUBTITLE, DATE, CTA -> List.of(palette.ink(), palette.onSurface(), palette.surface());
        };
    }

    private static boolean accented(PanelKind kind) {
        return switch (kind) {
            case PILL, BAND, BLOCK, BADGE -> true;
            case SHEET, CARD, PLANE, TICKET, MARK, RULE, BULLET, FRAME, DIVIDER, ICON, QUOTE -> false;
        };
    }

    /** The accent as dark as a card needs it. */
    private static Rgb deep(Palette palette) {
        Oklch colour = Oklch.of(palette.ramp().get(4));
        if (Contrast.luminance(palette.surface().value()) < 0.2) {
            return palette.accent();
        }
        for (double lightness = colour.lightness(); lightness > 0.25; lightness -= 0.02) {
            Rgb darker = colour.withLightness(lightness).rgb();
            if (Contrast.ratio(darker, palette.surface()) >= 5) {
                return darker;
            }
        }
        return palette.onSurface();
    }

    private static Rgb softened(Rgb ink, Rgb ground) {
        return ink.mix(ground, 0.14);
    }
}
