package io.millrace.inference.poster;

import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.poster.elements.Elements;
import io.millrace.inference.poster.elements.ElementsFunction;
import io.millrace.inference.poster.scene.Painter;
import io.millrace.inference.poster.scene.Pictures;
import io.millrace.inference.poster.scene.Shape;
import java.awt.image.BufferedImage;
import java.util.List;

/** The poster without its text. */
public final class Underlay {
    private Underlay() {}

    /** Background, ornaments, panels, then the given scrims, on a picture the caller may paint on. */
    public static BufferedImage paint(PhaseInput input, PhaseContext context, List<Shape> scrims) throws PhaseFailure {
        Elements elements = Phases.elements(input);
        BufferedImage picture =
                Pictures.opaque(Phases.picture(context, Phases.background(input).artifact()));
        try (Painter painter =
                new Painter(picture, ElementsFunction.pictures(elements.ornaments(), elements.panels(), context))) {
            elements.ornaments().forEach(painter::paint);
            elements.panels().forEach(painter::paint);
            scrims.forEach(painter::paint);
        }
        return picture;
    }
}
