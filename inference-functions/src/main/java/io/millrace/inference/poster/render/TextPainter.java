package io.millrace.inference.poster.render;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.poster.text.Letters;
import io.millrace.inference.poster.type.Typesetter;
import io.millrace.inference.poster.type.Typesetter.Setting;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.stream.IntStream;

/** Draws set text: letter by letter where the style asks for no more than a colour, else as outlines. */
final class TextPainter {
    private static final double SLANT = -0.2;
    private final Typesetter typesetter;

    TextPainter(Typesetter typesetter) {
        this.typesetter = typesetter;
    }

    private interface Piece {
        void at(String text, double x, double baseline);
    }

    /** Draws with the paint and composite that the graphics have. */
    void draw(Graphics2D graphics, TextBlock block, JsonNode textStyle) {
        graphics.setFont(font(block, textStyle));
        each(block, (text, x, baseline) -> graphics.drawString(text, (float) x, (float) baseline));
        graphics.fill(decoration(block, textStyle));
    }

    /** The letters as one form. */
    Shape outline(Graphics2D graphics, TextBlock block, JsonNode textStyle) {
        Font font = font(block, textStyle);
        Path2D whole = new Path2D.Double(Path2D.WIND_NON_ZERO);
        each(
                block,
                (text, x, baseline) -> whole.append(
                        font.createGlyphVector(graphics.getFontRenderContext(), text)
                                .getOutline((float) x, (float) baseline),
                        false));
        whole.append(decoration(block, textStyle), false);
        return whole;
    }

    private Font font(TextBlock block, JsonNode textStyle) {
        Font face = typesetter
                .faces()
                .face(block.setting().weight(), block.setting().size());
        boolean upright = textStyle.path("font_style").asText("normal").equals("normal");
        return upright ? face : face.deriveFont(AffineTransform.getShearInstance(SLANT, 0));
    }

    private void each(TextBlock block, Piece piece) {
        Setting setting = block.setting();
        double baseline = block.box().y() + Letters.ascent(setting.weight()) * setting.size();
        for (int i = 0; i < block.lines().size(); i++) {
            String line = block.lines().get(i);
            line(line, left(block, line), baseline, setting, gap(block, i), piece);
            baseline += setting.size() * setting.lineHeight();
        }
    }

    /** What is added at each place where a line may be spread; 0 for lines that stay as they are. */
    private double gap(TextBlock block, int index) {
        String line = block.lines().get(index);
        long places = IntStream.range(1, line.length())
                .filter(at -> isSpreadBefore(line, at))
                .count();
        double free = block.box().w() - typesetter.width(line, block.setting());
        return block.stretched().contains(index) && places > 0 && free > 0 ? free / places : 0;
    }

    /** Between words; where a line has none, beside ideographs, but never inside a word. */
    private static boolean isSpreadBefore(String line, int at) {
        if (line.indexOf(' ') > 0) {
            return line.charAt(at - 1) == ' ' && line.charAt(at) != ' ';
        }
        return Character.isIdeographic(line.codePointBefore(at)) || Character.isIdeographic(line.codePointAt(at));
    }

    private double left(TextBlock block, String line) {
        double width = typesetter.width(line, block.setting());
        return switch (block.align()) {
            case "center" -> block.box().centerX() - width / 2;
            case "right" -> block.box().right() - width;
            default -> block.box().x();
        };
    }

    private void line(String line, double x, double baseline, Setting setting, double gap, Piece piece) {
        if (Math.abs(setting.tracking()) < 0.001 && gap == 0) {
            piece.at(line, x, baseline);
            return;
        }
        double at = x;
        double spread = 0;
        Setting plain = new Setting(setting.size(), setting.weight(), setting.align(), 1, 0);
        for (int i = 0; i < line.length(); ) {
            String character = Character.toString(line.codePointAt(i));
            piece.at(character, at, baseline);
            i += character.length();
            spread += i < line.length() && isSpreadBefore(line, i) ? gap : 0;
            // Measured over the whole prefix, so that rounding and kerning do not add up.
            at = x
                    + typesetter.width(line.substring(0, i), plain)
                    + setting.size() * setting.tracking() * line.codePointCount(0, i)
                    + spread;
        }
    }

    private Path2D decoration(TextBlock block, JsonNode textStyle) {
        Path2D lines = new Path2D.Double();
        double size = block.setting().size();
        double height = switch (textStyle.path("text_decoration").asText("none")) {
            case "underline" -> 0.98;
            case "line-through" -> 0.53;
            case "overline" -> 0.02;
            default -> -1;
        };
        double top = block.box().y();
        for (int i = 0; i < (height < 0 ? 0 : block.lines().size()); i++) {
            String line = block.lines().get(i);
            double width = gap(block, i) > 0 ? block.box().w() : typesetter.width(line, block.setting());
            lines.append(
                    new Rectangle2D.Double(left(block, line), top + height * size, width, Math.max(1, size * 0.06)),
                    false);
            top += size * block.setting().lineHeight();
        }
        return lines;
    }
}
