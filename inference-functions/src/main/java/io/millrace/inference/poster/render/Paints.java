package io.millrace.inference.poster.render;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.poster.scene.Rect;
import java.awt.Color;
import java.awt.LinearGradientPaint;
import java.awt.MultipleGradientPaint.CycleMethod;
import java.awt.Paint;
import java.awt.RadialGradientPaint;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Colours and gradients of styles as what Java paints with. */
final class Paints {
    private static final Pattern HEX = Pattern.compile("#([0-9a-fA-F]{3,8})");
    private static final Pattern RGB = Pattern.compile("rgba?\\(([0-9.,\\s]+)\\)");
    private static final Pattern CSS_GRADIENT = Pattern.compile("linear-gradient\\((.*)\\)", Pattern.DOTALL);
    private static final Pattern STOP =
            Pattern.compile("(#[0-9a-fA-F]{3,8}|rgba?\\([0-9.,\\s]+\\))\\s*(?:(\\d{1,4}(?:\\.\\d{1,6})?)%)?");
    private static final Pattern ANGLE = Pattern.compile("\\s*(-?\\d{1,4}(?:\\.\\d{1,6})?)deg");

    private Paints() {}

    private record Stop(double offset, Color color) {}

    /** {@code #rgb, #rgba, #rrggbb, #rrggbbaa, rgb(), rgba()} or {@code transparent}; empty when it is none of these. */
    static Optional<Color> colour(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        if (plain.equals("transparent")) {
            return Optional.of(new Color(0, 0, 0, 0));
        }
        Matcher hex = HEX.matcher(plain);
        if (hex.matches()) {
            return hex(hex.group(1));
        }
        Matcher rgb = RGB.matcher(plain);
        return rgb.matches() ? numbers(rgb.group(1).strip().split("\\s*,\\s*")) : Optional.empty();
    }

    private static Optional<Color> hex(String digits) {
        String whole = digits.length() <= 4 ? digits.replaceAll("(.)", "$1$1") : digits;
        if (whole.length() != 6 && whole.length() != 8) {
            return Optional.empty();
        }
        int alpha = whole.length() == 8 ? Integer.parseInt(whole.substring(6), 16) : 255;
        return Optional.of(new Color(Integer.parseInt(whole.substring(0, 6), 16) | alpha << 24, true));
    }

    private static Optional<Color> numbers(String[] parts) {
        try {
            int[] channels = new int[3];
            for (int i = 0; i < 3; i++) {
                channels[i] = (int) Scene.clamped(Double.parseDouble(parts[i]), 0, 255);
            }
            double alpha = parts.length > 3 ? Scene.clamped(Double.parseDouble(parts[3]), 0, 1) : 1;
            return Optional.of(new Color(channels[0], channels[1], channels[2], (int) Math.round(alpha * 255)));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** What a fill of type solid, gradient or pattern paints with; null when it paints nothing. */
    static @Nullable Paint of(JsonNode fill, Rect box) {
        if (fill.path("type").asText("solid").equals("pattern")) {
            return Patterns.of(fill, box);
        }
        if (fill.path("type").asText("solid").equals("gradient")) {
            JsonNode gradient = fill.path("gradient");
            List<Stop> stops = new ArrayList<>();
            int count = gradient.path("stops").size();
            for (JsonNode stop : gradient.path("stops")) {
                double even = count < 2 ? 0 : stops.size() / (count - 1.0);
                Color colour = colour(stop.path("color").asText("")).orElse(Color.GRAY);
                stops.add(new Stop(Scene.finite(stop.path("offset"), even), colour));
            }
            boolean radial = gradient.path("type").asText("linear").equals("radial");
            return gradient(stops, radial, Scene.finite(gradient.path("angle"), 180), box);
        }
        return colour(fill.path("color").asText("")).orElse(null);
    }

    /** A colour or {@code linear-gradient(ANGLEdeg, COLOUR STOP%, ...)}; null when the text is neither. */
    static @Nullable Paint css(String text, Rect box) {
        Matcher gradient = CSS_GRADIENT.matcher(text.strip());
        if (!gradient.matches()) {
            return colour(text).orElse(null);
        }
        Matcher angle = ANGLE.matcher(gradient.group(1));
        double degrees = angle.lookingAt() ? Double.parseDouble(angle.group(1)) : 180;
        List<Stop> stops = new ArrayList<>();
        Matcher stop = STOP.matcher(gradient.group(1));
        while (stop.find() && stops.size() < 16) {
            double offset = stop.group(2) == null ? Double.NaN : Double.parseDouble(stop.group(2)) / 100;
            stops.add(new Stop(offset, colour(stop.group(1)).orElse(Color.GRAY)));
        }
        for (int i = 0; i < stops.size(); i++) {
            if (Double.isNaN(stops.get(i).offset())) {
                double even = stops.size() < 2 ? 0 : i / (stops.size() - 1.0);
                stops.set(i, new Stop(even, stops.get(i).color()));
            }
        }
        return gradient(stops, false, degrees, box);
    }

    /** Angles as in CSS: 0 upwards, 90 to the right; the line is as long as it must be for the corners to get the outer colours. */
    private static @Nullable Paint gradient(List<Stop> stops, boolean radial, double degrees, Rect box) {
        if (stops.isEmpty() || box.w() <= 0 || box.h() <= 0) {
            return null;
        }
        // Java wants offsets that grow; of two at one place both colours stay, a hair apart.
        List<Stop> growing = new ArrayList<>();
        for (Stop stop : stops) {
            float least = growing.isEmpty()
                    ? 0
                    : Math.nextUp((float) growing.get(growing.size() - 1).offset());
            if (least > 1) {
                growing.remove(growing.size() - 1);
                least = 1;
            }
            growing.add(new Stop((float) Scene.clamped(stop.offset(), least, 1), stop.color()));
        }
        if (growing.size() < 2) {
            return growing.get(0).color();
        }
        float[] offsets = new float[growing.size()];
        Color[] colours = new Color[growing.size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = (float) growing.get(i).offset();
            colours[i] = growing.get(i).color();
        }
        if (radial) {
            float radius = (float) (Math.hypot(box.w(), box.h()) / 2);
            return new RadialGradientPaint(
                    new Point2D.Double(box.centerX(), box.centerY()), radius, offsets, colours, CycleMethod.NO_CYCLE);
        }
        double angle = Math.toRadians(degrees);
        double half = (Math.abs(box.w() * Math.sin(angle)) + Math.abs(box.h() * Math.cos(angle))) / 2;
        double dx = Math.sin(angle) * half;
        double dy = -Math.cos(angle) * half;
        return new LinearGradientPaint(
                new Point2D.Double(box.centerX() - dx, box.centerY() - dy),
                new Point2D.Double(box.centerX() + dx, box.centerY() + dy),
                offsets,
                colours,
                CycleMethod.NO_CYCLE);
    }
}
