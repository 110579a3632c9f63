package io.millrace.inference.poster.background;

import ai.djl.translate.TranslateException;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.model.pattern.PatternModel;
import io.millrace.inference.poster.Phases;
import io.millrace.inference.poster.background.BackgroundPainter.Choice;
import io.millrace.inference.poster.colour.Palette;
import io.millrace.inference.poster.colour.PaletteMaker;
import io.millrace.inference.poster.intent.Brief;
import io.millrace.inference.poster.layout.Layout;
import io.millrace.inference.poster.refine.Adjustments;
import io.millrace.inference.poster.scene.Pictures;
import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.Map;

/** Phase {@code background}: a procedural-neural pattern that opens around the text; the same seed gives the same bytes. */
public final class BackgroundFunction implements PhaseFunction {
    private final PatternModel model;

    public BackgroundFunction(PatternModel model) {
        this.model = model;
    }

    @Override
    public String name() {
        return "background";
    }

    @Override
    public String version() {
        return model.version();
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        Brief brief = Phases.brief(input);
        Layout layout = Phases.layout(input);
        Adjustments adjustments = Phases.adjustments(input);
        Palette palette =
                PaletteMaker.make(brief.colors(), brief.style(), brief.canvas().seed());
        BackgroundPainter painter = new BackgroundPainter(model, brief, layout, palette, adjustments.calm());
        try {
            Choice choice = painter.choose(adjustments.reseed(), context);
            BufferedImage picture = painter.paint(choice, context);
            String artifact = Phases.store(context, Pictures.png(picture));
            Background background = new Background(
                    artifact,
                    palette,
                    model.version(),
                    choice.seed(),
                    BackgroundPainter.CANDIDATES,
                    choice.score(),
                    choice.kind().label());
            return new PhaseOutput(
                    Json.write(background),
                    Map.of(
                            "pattern_seed", Long.toString(choice.seed()),
                            "look", choice.kind().label(),
                            "candidates", Integer.toString(BackgroundPainter.CANDIDATES),
                            "score", String.format(Locale.ROOT, "%.3f", choice.score()),
                            "artifact", artifact));
        } catch (TranslateException e) {
            throw PhaseFailure.modelError(e);
        }
    }
}
