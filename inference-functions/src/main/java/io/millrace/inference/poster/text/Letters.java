package io.millrace.inference.poster.text;

import io.millrace.inference.model.font.Typefaces;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.text.Lettering.Line;
import io.millrace.inference.poster.type.Align;
import io.millrace.inference.poster.type.Typesetter;
import io.millrace.inference.poster.type.Typesetter.Setting;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;

/** Draws set text. */
public final class Letters {
    private final Typesetter typesetter;
    private final Typefaces faces;

    public Letters(Typesetter typesetter) {
        this.typesetter = typesetter;
        faces = typesetter.faces();
    }

    public void draw(Graphics2D graphics, Line text) {
        Setting setting = text.setting();
        Font face = faces.face(setting.weight(), setting.size());
        graphics.setFont(face);
        graphics.setColor(new Color(text.color().value()));
        Rect box = text.box();
        double baseline = baseline(text);
        for (String line : text.lines()) {
            double width = typesetter.width(line, setting);
            double x = setting.align() == Align.CENTER ? box.centerX() - width / 2 : box.x();
            draw(graphics, line, x, baseline, setting);
            baseline += setting.size() * setting.lineHeight();
        }
    }

    /** Where the first line stands, in pixels from the top of the canvas. */
    public double baseline(Line text) {
        return text.box().y() + ascent(text.setting().weight()) * text.setting().size();
    }

    /** Height of the em-box above the baseline; that of the Latin faces is set so that capitals stand as those of the others. */
    public static double ascent(Typefaces.Weight weight) {
        return switch (weight) {
            case REGULAR, BLACK, SERIF -> 0.88;
            case ROUND, FREDOKA -> 0.86;
            case CONDENSED -> 0.91;
            case PLAYFAIR -> 0.87;
        };
    }

    private void draw(Graphics2D graphics, String line, double x, double baseline, Setting setting) {
        if (Math.abs(setting.tracking()) < 0.001) {
            graphics.drawString(line, (float) x, (float) baseline);
            return;
        }
        double at = x;
        Setting plain = new Setting(setting.size(), setting.weight(), setting.align(), 1, 0);
        for (int i = 0; i < line.length(); ) {
            String character = Character.toString(line.codePointAt(i));
            graphics.drawString(character, (float) at, (float) baseline);
            i += character.length();
            // Measured over the whole prefix, so that rounding and kerning do not add up.
            at = x
                    + typesetter.width(line.substring(0, i), plain)
                    + setting.size() * setting.tracking() * line.codePointCount(0, i);
        }
    }
}
