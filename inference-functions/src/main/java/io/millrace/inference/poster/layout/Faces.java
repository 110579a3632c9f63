package io.millrace.inference.poster.layout;

import io.millrace.inference.model.font.Typefaces;
import io.millrace.inference.model.font.Typefaces.Weight;
import io.millrace.inference.poster.Style;
import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.intent.TextItem;

/** Which typeface each text is set in: one display face for a poster, by its style; the plain sans wherever a glyph is missing. */
final class Faces {
    private final Typefaces typefaces;
    private final Brief brief;

    Faces(Typefaces typefaces, Brief brief) {
        this.typefaces = typefaces;
        this.brief = brief;
    }

    Weight of(TextItem text) {
        Weight wish = text.weight();
        if (wish != null) {
            return wish;
        }
        return switch (text.role()) {
            case HEADLINE -> first(text, display());
            case FEATURE, DATE -> first(text, figures());
            case CTA, BRAND -> Weight.BLACK;
            case SUBTITLE ->
                brief.style() == Style.CARTOON && typefaces.covers(Weight.FREDOKA, text.content())
                        ? Weight.FREDOKA
                        : Weight.REGULAR;
            case KICKER, BODY, FOOTER -> Weight.REGULAR;
        };
    }

    /** In order of liking; the last ones have every character. */
    private Weight[] display() {
        boolean odd = Math.floorMod(brief.canvas().seed(), 2) == 1;
        return switch (brief.style()) {
            case BUSINESS -> new Weight[] {Weight.BLACK};
            case CARTOON -> new Weight[] {Weight.FREDOKA, Weight.ROUND};
            case MINIMALIST -> odd ? new Weight[] {Weight.PLAYFAIR, Weight.SERIF} : new Weight[] {Weight.BLACK};
            case TECH -> odd ? new Weight[] {Weight.CONDENSED, Weight.BLACK} : new Weight[] {Weight.BLACK};
            case ELEGANT, CHINESE -> new Weight[] {Weight.PLAYFAIR, Weight.SERIF};
            case RETRO ->
                odd ? new Weight[] {Weight.PLAYFAIR, Weight.SERIF} : new Weight[] {Weight.CONDENSED, Weight.SERIF};
        };
    }

    private Weight[] figures() {
        return switch (brief.style()) {
            case ELEGANT, CHINESE, MINIMALIST -> new Weight[] {Weight.PLAYFAIR, Weight.SERIF};
            case CARTOON -> new Weight[] {Weight.FREDOKA, Weight.BLACK};
            case BUSINESS, TECH, RETRO -> new Weight[] {Weight.CONDENSED, Weight.BLACK};
        };
    }

    private Weight first(TextItem text, Weight... liked) {
        for (Weight weight : liked) {
            if (typefaces.covers(weight, text.content())) {
                return weight;
            }
        }
        return Weight.BLACK;
    }
}
