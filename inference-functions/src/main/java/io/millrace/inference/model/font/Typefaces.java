package io.millrace.inference.model.font;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Noto Sans SC in two weights, and the display faces of headlines: a serif, a round hand, and two Latin ones. */
public final class Typefaces {
    /** Family name written into results. */
    public static final String FAMILY = "Noto Sans SC";

    private static final String RESOURCES = "millrace/fonts/";

    private final Map<Weight, Font> faces;

    private Typefaces(Map<Weight, Font> faces) {
        this.faces = faces;
    }

    /** A face there is: a family at a weight. Only the first two have every character Millrace can set. */
    public enum Weight {
        REGULAR("NotoSansSC-Regular.ttf", FAMILY, "400"),
        BLACK("NotoSansSC-Black.ttf", FAMILY, "900"),
        SERIF("NotoSerifSC-Black.ttf", "Noto Serif SC", "900"),
        ROUND("ZCOOLKuaiLe-Regular.ttf", "ZCOOL KuaiLe", "400"),
        CONDENSED("Oswald-Bold.ttf", "Oswald", "700"),
        FREDOKA("Fredoka-Bold.ttf", "Fredoka", "700"),
        PLAYFAIR("PlayfairDisplay-Bold.ttf", "Playfair Display", "700");

        private final String file;
        private final String family;
        private final String css;

        Weight(String file, String family, String css) {
            this.file = file;
            this.family = family;
            this.css = css;
        }

        /** Name of the family, as style sheets write it. */
        public String family() {
            return family;
        }

        private boolean complete() {
            return this == REGULAR || this == BLACK;
        }

        /** CSS font weight. */
        public String css() {
            return css;
        }
    }

    /**
     * Loads the faces.
     *
     * @param folder folder with the two files of Noto Sans SC and more characters, and others of the display faces as it likes; null for
     *     the subsets that ship with Millrace
     * @throws IOException when a file is missing or no font, naming it
     */
    public static Typefaces load(@Nullable Path folder) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Map<Weight, Font> faces = new EnumMap<>(Weight.class);
        for (Weight weight : Weight.values()) {
            boolean own = folder != null && (weight.complete() || Files.exists(folder.resolve(weight.file)));
            faces.put(weight, read(weight.file, own ? folder : null));
        }
        return new Typefaces(faces);
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

    /** Whether the face has a glyph for each character. */
    public boolean covers(Weight weight, String text) {
        Font face = face(weight, 12);
        return text.codePoints().allMatch(c -> Character.isWhitespace(c) || face.canDisplay(c));
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
