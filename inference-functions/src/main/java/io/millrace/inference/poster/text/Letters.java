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
    /** Height of the baseline above the em-box bottom is the rest of this: Noto Sans SC, as all CJK fonts of Adobe's design. */
    private static final double ASCENT = 0.88;

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
        double baseline = box.y() + ASCENT * setting.size();
        for (String line : text.lines()) {
            double width = typesetter.width(line, setting);
            double x = setting.align() == Align.CENTER ? box.centerX() - width / 2 : box.x();
            draw(graphics, line, x, baseline, setting);
            baseline += setting.size() * setting.lineHeight();
        }
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
