package io.millrace.inference.poster.colour;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A colour of sRGB, 0xRRGGBB. */
public record Rgb(int value) {
    private static final Pattern HEX = Pattern.compile("#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})(?:[0-9a-fA-F]{2})?");

    public Rgb {
        value &= 0xFFFFFF;
    }

    /** {@code #rgb}, {@code #rrggbb} or {@code #rrggbbaa} (opacity ignored); empty when it is none of these. */
    public static Optional<Rgb> parse(String text) {
        Matcher matcher = HEX.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String digits = matcher.group(1);
        if (digits.length() == 3) {
            digits = digits.replaceAll("(.)", "$1$1");
        }
        return Optional.of(new Rgb(Integer.parseInt(digits, 16)));
    }

    /** @throws IllegalArgumentException when the text is no colour */
    @JsonCreator
    public static Rgb of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not a colour: " + text));
    }

    public int red() {
        return value >> 16;
    }

    public int green() {
        return value >> 8 & 255;
    }

    public int blue() {
        return value & 255;
    }

    /** Mixed in sRGB, as painting with opacity does. @param share of the other colour, 0 to 1 */
    public Rgb mix(Rgb other, double share) {
        return new Rgb(channel(red(), other.red(), share) << 16
                | channel(green(), other.green(), share) << 8
                | channel(blue(), other.blue(), share));
    }

    private static int channel(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * share);
    }

    /** {@code #rrggbb}. */
    @Override
    @JsonValue
    public String toString() {
        return String.format(Locale.ROOT, "#%06x", value);
    }
}
