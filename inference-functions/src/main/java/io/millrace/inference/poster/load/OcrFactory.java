package io.millrace.inference.poster.load;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.model.ocr.TextReader;
import io.millrace.inference.poster.ocr.OcrFunction;
import io.millrace.inference.registry.Models;

/** Loads phase {@code ocr}. */
public final class OcrFactory implements FunctionFactory {
    @Override
    public String name() {
        return "ocr";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new OcrFunction(TextReader.of(models));
    }
}
