package io.millrace.inference.generate.load;

import io.millrace.inference.generate.Painter;
import io.millrace.inference.generate.PainterFactory;
import io.millrace.inference.generate.Painters;
import io.millrace.inference.model.pattern.PatternModel;
import io.millrace.inference.registry.Models;

/** The painter that ships. */
public final class PatternPainterFactory implements PainterFactory {
    @Override
    public String name() {
        return Painters.PATTERN;
    }

    @Override
    public Painter load(Models models) throws Exception {
        return Painters.pattern(PatternModel.of(models));
    }
}
