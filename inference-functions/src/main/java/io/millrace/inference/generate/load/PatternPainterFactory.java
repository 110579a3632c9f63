package io.millrace.inference.generate.load;

import io.millrace.inference.generate.Painter;
import io.millrace.inference.generate.PainterFactory;
import io.millrace.inference.generate.Painters;
import io.millrace.inference.model.ModelFolder;
import io.millrace.inference.model.pattern.PatternModel;
import java.nio.file.Path;

/** The painter that ships. */
public final class PatternPainterFactory implements PainterFactory {
    @Override
    public String name() {
        return Painters.PATTERN;
    }

    @Override
    public Painter load(Path models) throws Exception {
        return Painters.pattern(PatternModel.load(new ModelFolder(models)));
    }
}
