package io.millrace.inference.poster.render;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.model.font.Typefaces;
import io.millrace.inference.model.font.Typefaces.Weight;
import io.millrace.inference.poster.render.Scene.Placement;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.type.Align;
import io.millrace.inference.poster.type.Typesetter;
import io.millrace.inference.poster.type.Typesetter.Block;
import io.millrace.inference.poster.type.Typesetter.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A text as it will be set. The line breaks it was made with stay while its words stay. New words are broken anew: a text of one line
 * stays one line and grows to both sides of where it is anchored, up to the margin of the poster; what then does not fit is broken, and
 * set smaller, down to half its size.
 *
 * @param lines from top to bottom
 * @param setting as set
 * @param box first em-box top to last em-box bottom; as wide as the lines may be
 * @param align {@code left, center, right, justify}
 * @param asWished whether the font has the size that was asked for
 * @param stretched indices of the lines that are spread over the whole width: when justified, all but the last of each paragraph
 */
record TextBlock(
        List<String> lines, Setting setting, Rect box, String align, boolean asWished, Set<Integer> stretched) {
    private static final String JUSTIFY = "justify";
    private static final double MARGIN = 0.04;
    private static final double LEAST = 0.5;
    private static final double STEP = 0.96;

    TextBlock {
        lines = List.copyOf(lines);
        stretched = Set.copyOf(stretched);
    }

    static TextBlock of(Scene.Element element, Rect canvas, Typesetter typesetter) {
        JsonNode style = element.style().path("text_style");
        JsonNode content = element.content();
        String text = content.path("text").asText("");
        Placement placement = element.placement();
        double size = Scene.clamped(Scene.finite(style.path("font_size"), 48), 1, 2000);
        Setting wished = new Setting(
                size,
                face(style, text, typesetter),
                Align.LEFT,
                Scene.clamped(Scene.finite(style.path("line_height"), 1.2), 0.5, 5),
                Scene.finite(style.path("letter_space"), 0) / size);
        String align = style.path("text_align").asText("left");
        List<String> made = new ArrayList<>();
        content.path("lines").forEach(line -> made.add(line.asText("")));
        if (!made.isEmpty() && letters(String.join("", made)).equals(letters(text))) {
            return new TextBlock(made, wished, placement.box(), align, true, stretched(made, text, align));
        }
        boolean oneLine = made.size() <= 1 && !align.equals(JUSTIFY);
        return fitted(text, wished, placement.box(), align, oneLine, canvas, typesetter);
    }

    private static TextBlock fitted(
            String text, Setting wished, Rect box, String align, boolean oneLine, Rect canvas, Typesetter typesetter) {
        Rect room = oneLine ? grown(box, align, canvas) : box;
        double height = Math.max(box.h(), wished.size()) * 1.02;
        Setting setting = wished;
        List<String> lines = broken(text, setting, room.w(), typesetter);
        while (tooLarge(lines, setting, room.w(), height, typesetter) && setting.size() > wished.size() * LEAST) {
            setting = setting.withSize(setting.size() * STEP);
            lines = broken(text, setting, room.w(), typesetter);
        }
        double used = setting.size() * ((lines.size() - 1) * setting.lineHeight() + 1);
        Rect set = new Rect(room.x(), box.y() + Math.max(0, (box.h() - used) / 2), room.w(), used);
        return new TextBlock(lines, setting, set, align, setting.equals(wished), stretched(lines, text, align));
    }

    private static Set<Integer> stretched(List<String> lines, String text, String align) {
        Set<Integer> stretched = new HashSet<>();
        if (!align.equals(JUSTIFY)) {
            return stretched;
        }
        // Lines and text differ in white space only, so paragraphs are told by the letters before their end.
        Set<Integer> ends = new HashSet<>();
        int before = 0;
        for (String paragraph : text.split("\\r?\\n", -1)) {
            before += letters(paragraph).length();
            ends.add(before);
        }
        int set = 0;
        for (int i = 0; i < lines.size(); i++) {
            set += letters(lines.get(i)).length();
            if (!ends.contains(set)) {
                stretched.add(i);
            }
        }
        return stretched;
    }

    /** As wide as the anchor lets it be: both sides of the middle, or from one edge to the other margin. */
    private static Rect grown(Rect box, String align, Rect canvas) {
        double margin = MARGIN * canvas.w();
        double left = Math.min(box.x(), margin);
        double right = Math.max(box.right(), canvas.right() - margin);
        return switch (align) {
            case "center" -> {
                double half = Math.max(box.w() / 2, Math.min(box.centerX() - left, right - box.centerX()));
                yield new Rect(box.centerX() - half, box.y(), 2 * half, box.h());
            }
            case "right" -> new Rect(left, box.y(), box.right() - left, box.h());
            default -> new Rect(box.x(), box.y(), right - box.x(), box.h());
        };
    }

    private static List<String> broken(String text, Setting setting, double width, Typesetter typesetter) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\\r?\\n", -1)) {
            if (paragraph.isBlank()) {
                lines.add("");
            } else {
                Block block = typesetter.block(paragraph.strip(), setting, Math.max(width, setting.size()));
                lines.addAll(block.lines());
            }
        }
        return lines;
    }

    private static boolean tooLarge(
            List<String> lines, Setting setting, double width, double height, Typesetter typesetter) {
        double used = setting.size() * ((lines.size() - 1) * setting.lineHeight() + 1);
        return used > height || lines.stream().anyMatch(line -> typesetter.width(line, setting) > width + 0.5);
    }

    private static String letters(String text) {
        return text.replaceAll("\\s", "");
    }

    /** The face of the family that is named, if it has the letters; the usual one otherwise. */
    private static Weight face(JsonNode style, String text, Typesetter typesetter) {
        String css = style.path("font_weight").asText("normal");
        boolean heavy = css.equals("bold") || css.matches("[6-9]00");
        String family = style.path("font_family").asText("");
        for (Weight face : Weight.values()) {
            if (!face.family().equals(Typefaces.FAMILY)
                    && face.family().equals(family)
                    && typesetter.faces().covers(face, text)) {
                return face;
            }
        }
        return heavy ? Weight.BLACK : Weight.REGULAR;
    }
}
