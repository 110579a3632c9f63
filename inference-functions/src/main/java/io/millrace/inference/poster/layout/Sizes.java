package io.millrace.inference.poster.layout;

import io.millrace.inference.poster.intent.Role;
import io.millrace.inference.poster.intent.TextItem;
import io.millrace.inference.poster.type.Align;
import io.millrace.inference.poster.type.Typesetter;
import io.millrace.inference.poster.type.Typesetter.Block;
import io.millrace.inference.poster.type.Typesetter.Setting;
import java.util.regex.Pattern;

/** Sizes and gaps of the roles, in units of a hundredth of the shorter side, and the block a text becomes. */
final class Sizes {
    /** Nothing is set smaller, in units; small canvases have a floor in pixels beside it. */
    static final double SMALLEST = 2.3;

    private static final double SMALLEST_PIXELS = 11;
    private static final Pattern LATIN_CAPITALS = Pattern.compile("[\\p{Lu}\\p{N}\\p{P}\\s]+");

    private final Typesetter typesetter;
    private final double unit;
    private final double scale;
    private final double wished;
    private final Frame.Type type;
    private final Faces faces;

    /**
     * @param scale of sizes that the layout chooses
     * @param wished scale of sizes that the user chose; 1 unless nothing fits
     * @param type sizes of the composition
     */
    Sizes(Typesetter typesetter, Faces faces, double unit, double scale, double wished, Frame.Type type) {
        this.typesetter = typesetter;
        this.unit = unit;
        this.scale = scale;
        this.wished = wished;
        this.type = type;
        this.faces = faces;
    }

    /** A text in its lines; shrunk when a wished size had to give way. */
    record Poured(Setting setting, Block block, boolean shrunk) {}

    Poured pour(TextItem text, Align align, double width) {
        Setting setting = new Setting(start(text), faces.of(text), align, lineHeight(text.role()), tracking(text));
        int limit = maxLines(text);
        Setting fitted = setting;
        Block block = typesetter.block(text.content(), fitted, width);
        double floor = floor();
        while (fitted.size() > floor
                && (block.lines().size() > limit || typesetter.widestPiece(text.content(), fitted) > width)) {
            fitted = fitted.withSize(Math.max(floor, fitted.size() * 0.96));
            block = typesetter.block(text.content(), fitted, width);
        }
        Double wish = text.fontSize();
        return new Poured(fitted, block, wish != null && fitted.size() < wish * 0.99);
    }

    double floor() {
        return Math.max(SMALLEST_PIXELS, SMALLEST * unit);
    }

    private double start(TextItem text) {
        Double wish = text.fontSize();
        if (wish != null) {
            return Math.max(floor(), wish * wished);
        }
        double size = type.sizes().getOrDefault(text.role(), usual(text));
        return Math.max(floor(), size * unit * scale);
    }

    private double usual(TextItem text) {
        return switch (text.role()) {
            case HEADLINE -> type.headline();
            case FEATURE -> 8.4;
            case SUBTITLE -> 5.0;
            case DATE -> 5.2;
            case BODY -> text.content().length() > 60 ? 3.4 : 4.3;
            case CTA -> 4.2;
            case KICKER -> 3.2;
            case BRAND -> 3.3;
            case FOOTER -> 3.1;
        };
    }

    private static double lineHeight(Role role) {
        return switch (role) {
            case HEADLINE -> 1.16;
            case FEATURE, DATE -> 1.2;
            case BODY, SUBTITLE -> 1.55;
            case BRAND, KICKER, CTA, FOOTER -> 1.45;
        };
    }

    private static double tracking(TextItem text) {
        boolean capitals = LATIN_CAPITALS.matcher(text.content()).matches();
        return switch (text.role()) {
            case KICKER -> capitals ? 0.22 : 0.12;
            case HEADLINE -> headlineTracking(text, capitals);
            case CTA, BRAND -> 0.04;
            case SUBTITLE, FEATURE, DATE, BODY, FOOTER -> 0.015;
        };
    }

    /** Large type is set tighter than small type; short Chinese titles may breathe. */
    private static double headlineTracking(TextItem text, boolean capitals) {
        boolean chinese = text.content().codePoints().anyMatch(c -> c >= 0x3000);
        if (chinese) {
            return text.content().length() <= 4 ? 0.05 : 0.02;
        }
        return capitals ? 0.01 : -0.012;
    }

    private static int maxLines(TextItem text) {
        int length = text.content().codePointCount(0, text.content().length());
        int breaks = text.content().split("\\R").length;
        boolean chinese = text.content().codePoints().anyMatch(c -> c >= 0x3000);
        int words = text.content().strip().split("\\s+").length;
        int lines = switch (text.role()) {
            case HEADLINE -> chinese ? 1 + (length - 1) / 7 : 1 + (words - 1) / 2;
            case FEATURE, DATE -> 1 + length / (chinese ? 10 : 22);
            case BRAND, KICKER, CTA -> 1 + length / 40;
            case SUBTITLE -> 1 + length / (chinese ? 17 : 34);
            case BODY, FOOTER -> 40;
        };
        return Math.max(breaks, text.role() == Role.HEADLINE ? Math.min(4, lines) : lines);
    }

    /** Space between a role and the one after it. */
    double gap(Role above, Role below) {
        double units = switch (below) {
            case BRAND, KICKER -> 5;
            case HEADLINE -> above == Role.KICKER ? 3 : 6;
            case SUBTITLE -> above == Role.SUBTITLE ? 2 : 3.6;
            case FEATURE -> above == Role.FEATURE ? 2.6 : 5.5;
            case DATE -> above == Role.DATE ? 1.8 : 4.6;
            case BODY -> above == Role.BODY ? 2.3 : 4.2;
            case CTA -> 5.2;
            case FOOTER -> above == Role.FOOTER ? 1.6 : 4.2;
        };
        return units * unit * Math.max(0.45, scale) * type.air();
    }

    double unit() {
        return unit;
    }
}
