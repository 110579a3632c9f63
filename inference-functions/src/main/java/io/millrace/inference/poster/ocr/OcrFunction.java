package io.millrace.inference.poster.ocr;

import ai.djl.translate.TranslateException;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.model.ocr.ReadLine;
import io.millrace.inference.model.ocr.TextReader;
import io.millrace.inference.poster.Json;
import io.millrace.inference.poster.Phases;
import io.millrace.inference.poster.ocr.Reading.Check;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.text.Lettering;
import io.millrace.inference.poster.text.Lettering.Line;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Phase {@code ocr}: reads the finished picture without knowing what it says, and looks for every text. What one pass misses is looked
 * for once more at a higher resolution.
 */
public final class OcrFunction implements PhaseFunction {
    private static final int COARSE = 960;
    private static final int FINE = 1600;
    /** One wrong character in ten is a slip of the reader, not of the poster. */
    private static final double SAME = 0.9;

    private final TextReader reader;

    /** Takes over the reader and closes it. */
    public OcrFunction(TextReader reader) {
        this.reader = reader;
    }

    @Override
    public String name() {
        return "ocr";
    }

    @Override
    public String version() {
        return "ppocr-v4/1";
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        Lettering lettering = Phases.lettering(input);
        BufferedImage poster = Phases.picture(context, lettering.artifact());
        try {
            List<ReadLine> lines = reader.read(poster, COARSE);
            List<Check> checks = check(lettering, lines);
            if (checks.stream().anyMatch(check -> !check.found())) {
                context.checkWanted();
                lines = reader.read(poster, FINE);
                checks = better(checks, check(lettering, lines));
            }
            return output(checks, lines);
        } catch (TranslateException e) {
            throw PhaseFailure.modelError(e);
        }
    }

    private static List<Check> check(Lettering lettering, List<ReadLine> lines) {
        List<Check> checks = new ArrayList<>();
        for (Line text : lettering.texts()) {
            String wanted = String.join("", text.lines());
            String read = within(text.box(), text.setting().size(), lines);
            double similarity = Likeness.of(wanted, read);
            checks.add(new Check(text.id(), wanted, read, Math.round(similarity * 1000) / 1000.0, similarity >= SAME));
        }
        return checks;
    }

    /** What was read where a text stands, in reading order. */
    private static String within(Rect box, double size, List<ReadLine> lines) {
        Rect near = box.grown(size * 0.5, size * 0.35);
        return lines.stream()
                .filter(line -> holdsCentre(near, line))
                .sorted(Comparator.<ReadLine>comparingInt(line -> (int) (line.y() / (size * 0.8)))
                        .thenComparingInt(ReadLine::x))
                .map(ReadLine::text)
                .collect(Collectors.joining());
    }

    private static boolean holdsCentre(Rect box, ReadLine line) {
        double x = line.x() + line.width() / 2.0;
        double y = line.y() + line.height() / 2.0;
        return box.distance(x, y) == 0;
    }

    private static List<Check> better(List<Check> first, List<Check> second) {
        List<Check> best = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            best.add(first.get(i).similarity() >= second.get(i).similarity() ? first.get(i) : second.get(i));
        }
        return best;
    }

    private static PhaseOutput output(List<Check> checks, List<ReadLine> lines) {
        long found = checks.stream().filter(Check::found).count();
        double recall = checks.isEmpty() ? 1 : found / (double) checks.size();
        List<String> texts = lines.stream().map(ReadLine::text).limit(200).toList();
        Map<String, String> facts =
                Map.of("found", found + " of " + checks.size(), "recall", String.format(Locale.ROOT, "%.3f", recall));
        return new PhaseOutput(Json.write(new Reading(recall, checks, texts)), facts);
    }

    @Override
    public void close() {
        reader.close();
    }
}
