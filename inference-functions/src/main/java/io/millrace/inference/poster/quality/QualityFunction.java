package io.millrace.inference.poster.quality;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.poster.Phases;
import io.millrace.inference.poster.Underlay;
import io.millrace.inference.poster.ocr.Reading;
import io.millrace.inference.poster.text.Lettering;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Phase {@code quality}: measures the poster; the fact {@code passed} decides whether it is refined. */
public final class QualityFunction implements PhaseFunction {
    @Override
    public String name() {
        return "quality";
    }

    @Override
    public String version() {
        return "measures/2";
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        Lettering lettering = Phases.lettering(input);
        Reading reading = Json.read(input.require(Phases.OCR), Reading.class, "results." + Phases.OCR);
        BufferedImage under = Underlay.paint(input, context, lettering.scrims());
        Quality quality = new Measure(
                        Phases.brief(input),
                        Phases.layout(input),
                        lettering,
                        Phases.elements(input).ornaments(),
                        under)
                .of(reading);
        ObjectNode output = Json.write(quality);
        output.put("passed", quality.passed());
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("passed", Boolean.toString(quality.passed()));
        facts.put("overall", String.format(Locale.ROOT, "%.3f", quality.overall()));
        for (String score : new String[] {"ocr_recall", "contrast", "text_size", "calm", "margins", "clear"}) {
            facts.put(
                    score, String.format(Locale.ROOT, "%.3f", output.path(score).asDouble()));
        }
        return new PhaseOutput(output, facts);
    }
}
