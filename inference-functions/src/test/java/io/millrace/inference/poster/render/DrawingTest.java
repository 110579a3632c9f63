package io.millrace.inference.poster.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.inference.poster.scene.Rect;
import java.awt.Color;
import java.awt.LinearGradientPaint;
import java.awt.Paint;
import java.awt.geom.Area;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths, paints, blend modes and filters against values worked out by hand. */
class DrawingTest {
    private static final Rect BOX = new Rect(0, 0, 100, 200);

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    private static int blended(String mode, int below, int above, double opacity) {
        BufferedImage lower = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        lower.setRGB(0, 0, below);
        BufferedImage upper = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
        upper.setRGB(0, 0, above);
        Blend.over(lower, upper, mode, opacity);
        return lower.getRGB(0, 0) & 0xffffff;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "M 0 0 L 10 0 L 10 20 Z | 0 | 0 | 10 | 20",
                "m5,5 h10 v-10 h-10 z | 5 | -5 | 10 | 10",
                "M0 0C0 10 10 10 10 0S20 -10 20 0 | 0 | -7.5 | 20 | 15",
                "M 0 0 Q 5 10 10 0 T 20 0 | 0 | -5 | 20 | 10",
                "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z | 2 | 2 | 20 | 20",
                "M0 0 10 10 20 0 | 0 | 0 | 20 | 10",
                "L 5 5 | 0 | 0 | 0 | 0",
                "M 1 1 L 5 | 1 | 1 | 0 | 0",
            })
    void pathsReachAsFarAsTheyShould(String path, double x, double y, double w, double h) {
        Path2D outline = SvgPath.parse(path);
        Rectangle2D bounds =
                new Area(outline).isEmpty() && w * h == 0 ? new Rectangle2D.Double(x, y, 0, 0) : tight(outline);

        assertThat(bounds.getX()).isCloseTo(x, offset(0.2));
        assertThat(bounds.getY()).isCloseTo(y, offset(0.2));
        assertThat(bounds.getWidth()).isCloseTo(w, offset(0.2));
        assertThat(bounds.getHeight()).isCloseTo(h, offset(0.2));
    }

    private static Rectangle2D tight(Path2D outline) {
        Path2D flat = new Path2D.Double();
        flat.append(outline.getPathIterator(null, 0.01), false);
        return flat.getBounds2D();
    }

    @Test
    void coloursAreReadInEveryForm() {
        assertThat(Paints.colour("#1890ff")).contains(new Color(0x1890ff));
        assertThat(Paints.colour("#18f")).contains(new Color(0x1188ff));
        assertThat(Paints.colour("#1890ff80")).contains(new Color(0x18, 0x90, 0xff, 0x80));
        assertThat(Paints.colour("rgba(0, 0, 0, 0.5)")).contains(new Color(0, 0, 0, 128));
        assertThat(Paints.colour("transparent").orElseThrow().getAlpha()).isZero();
        assertThat(Paints.colour("blue-ish")).isEmpty();
    }

    @Test
    void gradientsTakeWhateverStopsThereAre() throws Exception {
        Paint two = Objects.requireNonNull(Paints.css("linear-gradient(180deg, #1890ff 0%, #096dd9 100%)", BOX));
        assertThat(((LinearGradientPaint) two).getStartPoint().getY()).isCloseTo(0, offset(0.01));
        Paint three = Objects.requireNonNull(Paints.css("linear-gradient(90deg, #000, #888, #fff)", BOX));
        assertThat(((LinearGradientPaint) three).getFractions()).containsExactly(0, 0.5f, 1);
        JsonNode crowded =
                json("{'type':'gradient','gradient':{'stops':[{'offset':1,'color':'#f00'},{'offset':1,'color':'#0f0'},"
                        + "{'offset':0,'color':'#00f'}]}}");
        assertThat(Paints.of(crowded, BOX)).isNotNull();
        assertThat(Paints.of(json("{'type':'gradient','gradient':{}}"), BOX)).isNull();
        assertThat(Paints.css("sha256:" + "a".repeat(64), BOX)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "normal, 0x112233, 0xff445566, 1, 0x445566",
        "normal, 0x000000, 0xffffffff, 0.5, 0x808080",
        "multiply, 0x8080ff, 0xff80ff00, 1, 0x408000",
        "screen, 0x808000, 0xff800000, 1, 0xc08000",
        "darken, 0x10f010, 0xfff01020, 1, 0x101010",
        "lighten, 0x10f010, 0xfff01020, 1, 0xf0f020",
        "difference, 0xff0080, 0xff00ff80, 1, 0xffff00",
        "multiply, 0x8080ff, 0x00ffffff, 1, 0x8080ff",
    })
    void modesBlendAsCssSays(String mode, String below, String above, double opacity, String expected) {
        int mixed =
                blended(mode, Integer.decode(below), (int) Long.decode(above).longValue(), opacity);

        for (int shift = 0; shift <= 16; shift += 8) {
            assertThat(mixed >> shift & 255).isCloseTo(Integer.decode(expected) >> shift & 255, offset(1));
        }
    }

    @Test
    void filtersRecolourAndBlur() throws Exception {
        BufferedImage picture = new BufferedImage(21, 21, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(10, 10, 0xffff0000);
        Filters.apply(picture, json("[{'type':'grayscale','value':1}]"));
        assertThat(picture.getRGB(10, 10)).isEqualTo(0xff363636);
        Filters.apply(picture, json("[{'type':'invert','value':1}]"));
        assertThat(picture.getRGB(10, 10)).isEqualTo(0xffc9c9c9);
        Filters.apply(picture, json("[{'type':'blur','value':2},{'type':'sparkle'}]"));
        assertThat(picture.getRGB(10, 10) >>> 24).isBetween(1, 60);
        // What is blurred keeps its colour and does not darken towards clear pixels.
        assertThat(picture.getRGB(11, 10) & 255).isBetween(0xc0, 0xd0);
        assertThat(picture.getRGB(0, 0) >>> 24).isZero();
    }
}
