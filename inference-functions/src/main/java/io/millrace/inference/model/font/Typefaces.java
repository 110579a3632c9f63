package io.millrace.inference.model.font;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Noto Sans SC in two weights. */
public final class Typefaces {
    /** Family name written into results. */
    public static final String FAMILY = "Noto Sans SC";

    private static final String RESOURCES = "millrace/fonts/";

    private final Map<Weight, Font> faces;

    private Typefaces(Map<Weight, Font> faces) {
        this.faces = faces;
    }

    /** A weight there is a face for. */
    public enum Weight {
        REGULAR("NotoSansSC-Regular.ttf", "400"),
        BLACK("NotoSansSC-Black.ttf", "900");

        private final String file;
        private final String css;

        Weight(String file, String css) {
            this.file = file;
            this.css = css;
        }

        /** CSS font weight. */
        public String css() {
            return css;
        }
    }

    /**
     * Loads the faces.
     *
     * @param folder folder with the same file names and more characters; null for the subsets that ship with Millrace
     * @throws IOException when a file is missing or no font, naming it
     */
    public static Typefaces load(@Nullable Path folder) throws IOException {
        System.setProperty("java.awt.headless", "true");
        return new Typefaces(Map.of(
                Weight.REGULAR, read(Weight.REGULAR.file, folder), Weight.BLACK, read(Weight.BLACK.file, folder)));
    }

    private static Font read(String file, @Nullable Path folder) throws IOException {
        try (InputStream in = folder == null ? resource(file) : Files.newInputStream(folder.resolve(file))) {
            return Font.createFont(Font.TRUETYPE_FONT, in);
        } catch (FontFormatException e) {
            throw new IOException(file + " is not a TrueType font: " + e.getMessage(), e);
        }
    }

    private static InputStream resource(String file) throws FileNotFoundException {
        InputStream in = Typefaces.class.getClassLoader().getResourceAsStream(RESOURCES + file);
        if (in == null) {
            throw new FileNotFoundException("font " + RESOURCES + file + " is not on the class path");
        }
        return in;
    }

    /** The face at a size in pixels. */
    public Font face(Weight weight, double size) {
        Font face = faces.get(weight);
        if (face == null) {
            throw new IllegalStateException("no face of weight " + weight);
        }
        return face.deriveFont((float) size);
    }

    /** The different characters of a text that no glyph exists for, in order; line breaks and tabs need none. */
    public String missing(String text) {
        Font face = face(Weight.REGULAR, 12);
        return text.codePoints()
                .filter(c -> !Character.isWhitespace(c) && !face.canDisplay(c))
                .distinct()
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
