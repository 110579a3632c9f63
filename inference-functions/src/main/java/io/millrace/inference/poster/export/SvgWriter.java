package io.millrace.inference.poster.export;

import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.scene.Shape;
import io.millrace.inference.poster.text.Lettering.Line;
import io.millrace.inference.poster.type.Align;
import io.millrace.inference.poster.type.Typesetter.Setting;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the poster as SVG 1.1: a group for each layer, text as text, the background and uploaded pictures embedded. Fonts are named, not
 * embedded: whoever opens it needs them, or sees the next of the family list.
 */
public final class SvgWriter {
    private static final String FALLBACK = ", 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";

    private final StringBuilder svg = new StringBuilder();
    private final Map<String, byte[]> pictures;

    private SvgWriter(Map<String, byte[]> pictures) {
        this.pictures = pictures;
    }

    /** One layer's content; {@code baseline} is where the first line of a text stands. */
    public sealed interface Part {
        record Form(Shape shape) implements Part {}

        record Text(Line line, double baseline) implements Part {}
    }

    /** A named group, drawn in order. */
    public record Layer(String name, List<Part> parts) {
        public Layer {
            parts = List.copyOf(parts);
        }
    }

    /**
     * @param background JPEG of the whole canvas
     * @param layers lowest first, above the background
     * @param pictures PNG or JPEG bytes of the shapes of type IMAGE, by their path
     */
    public static String write(
            int width, int height, String title, byte[] background, List<Layer> layers, Map<String, byte[]> pictures) {
        SvgWriter writer = new SvgWriter(pictures);
        writer.svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"%d\""
                        + " height=\"%d\" viewBox=\"0 0 %d %d\">%n<title>%s</title>%n<g id=\"background\">",
                width,
                height,
                width,
                height,
                escape(title)));
        writer.image(new Rect(0, 0, width, height), background, "image/jpeg", 1);
        writer.svg.append("</g>\n");
        for (Layer layer : layers) {
            writer.svg.append("<g id=\"").append(escape(layer.name())).append("\">\n");
            for (Part part : layer.parts()) {
                if (part instanceof Part.Form form) {
                    writer.shape(form.shape());
                } else if (part instanceof Part.Text text) {
                    writer.text(text.line(), text.baseline());
                }
            }
            writer.svg.append("</g>\n");
        }
        return writer.svg.append("</svg>\n").toString();
    }

    private void shape(Shape shape) {
        Rect box = shape.box();
        switch (shape.type()) {
            case RECT ->
                svg.append(format(
                        "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" rx=\"%.2f\"%s/>%n",
                        box.x(), box.y(), box.w(), box.h(), shape.look().radius(), paint(shape.look(), 1)));
            case ELLIPSE ->
                svg.append(format(
                        "<ellipse cx=\"%.2f\" cy=\"%.2f\" rx=\"%.2f\" ry=\"%.2f\"%s/>%n",
                        box.centerX(), box.centerY(), box.w() / 2, box.h() / 2, paint(shape.look(), 1)));
            case PATH -> {
                double scale = (box.w() + box.h()) / 200;
                svg.append(format(
                        "<path transform=\"translate(%.2f %.2f) scale(%.5f %.5f)\" d=\"%s\"%s/>%n",
                        box.x(),
                        box.y(),
                        box.w() / 100,
                        box.h() / 100,
                        escape(shape.path()),
                        paint(shape.look(), scale)));
            }
            case IMAGE -> {
                byte[] bytes = pictures.get(shape.path());
                if (bytes != null) {
                    String type = bytes.length > 1 && (bytes[0] & 255) == 0xFF ? "image/jpeg" : "image/png";
                    image(box, bytes, type, shape.look().opacity());
                }
            }
        }
    }

    private void image(Rect box, byte[] bytes, String type, double opacity) {
        svg.append(format(
                "<image x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" opacity=\"%.3f\" "
                        + "preserveAspectRatio=\"xMidYMid slice\" xlink:href=\"data:%s;base64,",
                box.x(), box.y(), box.w(), box.h(), opacity, type));
        svg.append(Base64.getEncoder().encodeToString(bytes)).append("\"/>\n");
    }

    /** @param scale of the coordinates the stroke is given in */
    private static String paint(Shape.Look look, double scale) {
        String fill = look.fill() == null ? "none" : look.fill().toString();
        StringBuilder paint = new StringBuilder(format(" fill=\"%s\" opacity=\"%.3f\"", fill, look.opacity()));
        if (look.stroke() != null && look.strokeWidth() > 0) {
            paint.append(format(
                    " stroke=\"%s\" stroke-width=\"%.3f\" stroke-linecap=\"round\" stroke-linejoin=\"round\"",
                    look.stroke(), look.strokeWidth() / scale));
        }
        if (look.shadow() > 0) {
            paint.append(format(
                    " style=\"filter:drop-shadow(0 %.2fpx %.2fpx rgba(0,0,0,.26))\"",
                    look.shadow() * 0.35 / scale, look.shadow() / 2 / scale));
        }
        return paint.toString();
    }

    private void text(Line line, double baseline) {
        Setting setting = line.setting();
        boolean centred = setting.align() == Align.CENTER;
        double x = centred ? line.box().centerX() : line.box().x();
        svg.append(format(
                "<text id=\"%s\" font-family=\"'%s'%s\" font-weight=\"%s\" font-size=\"%.2f\" letter-spacing=\"%.3f\" "
                        + "fill=\"%s\" text-anchor=\"%s\">",
                escape(line.id()),
                setting.weight().family(),
                FALLBACK,
                setting.weight().css(),
                setting.size(),
                setting.size() * setting.tracking(),
                line.color(),
                centred ? "middle" : "start"));
        double y = baseline;
        for (String words : line.lines()) {
            svg.append(format("<tspan x=\"%.2f\" y=\"%.2f\">%s</tspan>", x, y, escape(words)));
            y += setting.size() * setting.lineHeight();
        }
        svg.append("</text>\n");
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
