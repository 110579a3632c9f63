package io.millrace.inference.poster.type;

import io.millrace.inference.model.font.Typefaces;
import io.millrace.inference.model.font.Typefaces.Weight;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Measures text; sizes and widths in pixels. Any number of threads may use one. */
public final class Typesetter {
    private static final double REFERENCE = 100;
    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

    private final Typefaces faces;
    private final Map<Glyph, Double> advances = new ConcurrentHashMap<>();

    private record Glyph(int character, Weight weight) {}

    public Typesetter(Typefaces faces) {
        this.faces = faces;
    }

    /**
     * How a text is set.
     *
     * @param size font size
     * @param lineHeight distance of lines in sizes
     * @param tracking extra space after each character in sizes
     */
    public record Setting(double size, Weight weight, Align align, double lineHeight, double tracking) {
        public Setting withSize(double other) {
            return new Setting(other, weight, align, lineHeight, tracking);
        }
    }

    /** Lines and the size of the block they make, first em-box top to last em-box bottom. */
    public record Block(List<String> lines, double width, double height) {
        public Block {
            lines = List.copyOf(lines);
        }
    }

    private double measure(Glyph glyph) {
        Font face = faces.face(glyph.weight(), REFERENCE);
        return face.getStringBounds(Character.toString(glyph.character()), CONTEXT)
                        .getWidth()
                / REFERENCE;
    }

    public Typefaces faces() {
        return faces;
    }

    public double width(String line, Setting setting) {
        if (line.isEmpty()) {
            return 0;
        }
        // Glyph outlines scale evenly without hinting and are set without kerning: sums of one reference size serve
        // all.
        double advance = 0;
        for (int i = 0; i < line.length(); i += Character.charCount(line.codePointAt(i))) {
            advance += advances.computeIfAbsent(new Glyph(line.codePointAt(i), setting.weight()), this::measure);
        }
        return setting.size() * (advance + setting.tracking() * (line.codePointCount(0, line.length()) - 1));
    }

    /** Width of the widest piece that a line break may not cut: a word, or a character with its punctuation. */
    public double widestPiece(String text, Setting setting) {
        return LineBreaker.pieces(text).stream()
                .mapToDouble(piece -> width(piece.strip(), setting))
                .max()
                .orElse(0);
    }

    /** Breaks into even lines no wider than the limit. */
    public Block block(String text, Setting setting, double limit) {
        List<String> lines = new LineBreaker(line -> width(line, setting)).balanced(text, limit);
        double widest =
                lines.stream().mapToDouble(line -> width(line, setting)).max().orElse(0);
        double height = setting.size() * ((lines.size() - 1) * setting.lineHeight() + 1);
        return new Block(lines, widest, height);
    }
}
