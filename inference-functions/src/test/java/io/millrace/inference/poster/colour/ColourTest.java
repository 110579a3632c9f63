package io.millrace.inference.poster.colour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.inference.poster.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ColourTest {
    @Test
    void contrastFollowsTheExamplesOfWcag() {
        assertThat(Contrast.ratio(new Rgb(0xFFFFFF), new Rgb(0))).isCloseTo(21, within(1e-9));
        assertThat(Contrast.ratio(new Rgb(0x777777), new Rgb(0xFFFFFF))).isCloseTo(4.48, within(0.01));
        assertThat(Contrast.ratio(new Rgb(0x1890FF), new Rgb(0xFFFFFF))).isCloseTo(3.24, within(0.02));
    }

    @Test
    void oklchGivesTheColourBack() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 2000; i++) {
            Rgb colour = new Rgb(random.nextInt(0x1000000));
            Rgb back = Oklch.of(colour).rgb();
            assertThat(Math.abs(back.red() - colour.red())).isLessThanOrEqualTo(1);
            assertThat(Math.abs(back.green() - colour.green())).isLessThanOrEqualTo(1);
            assertThat(Math.abs(back.blue() - colour.blue())).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void knownColourHasItsPublishedCoordinates() {
        Oklch red = Oklch.of(new Rgb(0xFF0000));
        assertThat(red.lightness()).isCloseTo(0.628, within(0.001));
        assertThat(red.chroma()).isCloseTo(0.2577, within(0.001));
        assertThat(red.hue()).isCloseTo(29.23, within(0.1));
    }

    @Test
    void coloursAreReadInEveryNotation() {
        assertThat(Rgb.parse("#18f")).contains(new Rgb(0x1188FF));
        assertThat(Rgb.parse("1890FF")).contains(new Rgb(0x1890FF));
        assertThat(Rgb.parse("#1890ffcc")).contains(new Rgb(0x1890FF));
        assertThat(Rgb.parse("blueish")).isEmpty();
    }

    @Test
    void anyColoursGiveAReadablePalette() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 900; i++) {
            List<Rgb> scheme = new ArrayList<>();
            for (int j = random.nextInt(4); j >= 0; j--) {
                scheme.add(new Rgb(random.nextInt(0x1000000)));
            }
            Palette palette = PaletteMaker.make(scheme, Style.values()[i % Style.values().length], i);

            assertThat(Contrast.ratio(palette.ink(), palette.base()))
                    .as("%s %s", i, scheme)
                    .isGreaterThan(7);
            assertThat(Contrast.ratio(palette.onSurface(), palette.surface()))
                    .as("%s %s", i, scheme)
                    .isGreaterThan(7);
            assertThat(Contrast.ratio(palette.onAccent(), palette.accent()))
                    .as("%s %s", i, scheme)
                    .isGreaterThan(4.8);
            assertThat(palette.ramp()).hasSize(6).startsWith(palette.base());
        }
    }

    @Test
    void stylesLookDifferentForTheSameColour() {
        List<Rgb> blue = List.of(new Rgb(0x1890FF));
        double business =
                Oklch.of(PaletteMaker.make(blue, Style.BUSINESS).base()).lightness();
        Oklch minimal =
                Oklch.of(PaletteMaker.make(blue, Style.MINIMALIST).ramp().get(4));
        Oklch cartoon = Oklch.of(PaletteMaker.make(blue, Style.CARTOON).ramp().get(4));

        assertThat(business).isLessThan(0.4);
        assertThat(cartoon.chroma()).isGreaterThan(2 * minimal.chroma());
    }

    @Test
    void theUsersOwnColourIsInTheBusinessRamp() {
        Oklch wanted = Oklch.of(new Rgb(0x1890FF));
        Oklch shown = Oklch.of(PaletteMaker.make(List.of(new Rgb(0x1890FF)), Style.BUSINESS)
                .ramp()
                .get(4));
        assertThat(shown.hue()).isCloseTo(wanted.hue(), within(1.0));
        assertThat(shown.lightness()).isCloseTo(wanted.lightness(), within(0.03));
    }
}
