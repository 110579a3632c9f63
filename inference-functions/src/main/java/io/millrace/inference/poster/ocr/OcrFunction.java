package io.millrace.inference.poster.ocr;

import ai.djl.translate.TranslateException;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.model.ocr.ReadLine;
import io.millrace.inference.model.ocr.TextReader;
import io.millrace.inference.poster.Phases;
import io.millrace.inference.poster.ocr.Reading.Check;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.text.Lettering;
import io.millrace.inference.poster.text.Lettering.Line;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Phase {@code ocr}: reads the finished picture without knowing what it says, and looks for every text. What this pass misses is read
 * once more in the place where each of its lines should stand, without what stands beside it, such as an icon that was taken for a letter; and what is
 * still missing is looked for at a higher resolution.
 */
public final class OcrFunction implements PhaseFunction {
    private static final int COARSE = 960;
    private static final int FINE = 1600;
    /** One wrong character in ten is a slip of the reader, not of the poster. */
    private static final double SAME = 0.9;
    /** Around a line of text, in font sizes: less than the gap to an icon. */
    private static final double EDGE = 0.12;

    private final TextReader reader;

    public OcrFunction(TextReader reader) {
        this.reader = reader;
    }

    @Override
    public String name() {
        return "ocr";
    }

    @Override
    public String version() {
        return reader.version() + "/3";
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        Lettering lettering = Phases.lettering(input);
        BufferedImage poster = Phases.picture(context, lettering.artifact());
        try {
            List<ReadLine> lines = reader.read(poster, COARSE);
            List<Check> checks = check(lettering, lines);
            if (missing(checks)) {
                context.checkWanted();
                checks = better(checks, inPlace(lettering, poster, checks));
            }
            if (missing(checks) && Math.max(poster.getWidth(), poster.getHeight()) > COARSE) {
                context.checkWanted();
                lines = reader.read(poster, FINE);
                checks = better(checks, check(lettering, lines));
            }
            return output(checks, lines);
        } catch (TranslateException e) {
            throw PhaseFailure.modelError(e);
        }
    }

    private static boolean missing(List<Check> checks) {
        return checks.stream().anyMatch(check -> !check.found());
    }

    /** What stands where the lines of a text should, for each text that was not found. */
    private List<Check> inPlace(Lettering lettering, BufferedImage poster, List<Check> checks)
            throws TranslateException {
        Rectangle canvas = new Rectangle(poster.getWidth(), poster.getHeight());
        List<Check> again = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            Line text = lettering.texts().get(i);
            if (checks.get(i).found()) {
                again.add(checks.get(i));
                continue;
            }
            StringBuilder read = new StringBuilder();
            for (int line = 0; line < text.lines().size(); line++) {
                Rectangle place = place(text, line).intersection(canvas);
                if (!place.isEmpty()) {
                    read.append(reader.readBox(poster, place).text());
                }
            }
            again.add(check(text, read.toString()));
        }
        return again;
    }

    private static Rectangle place(Line text, int line) {
        double size = text.setting().size();
        double top = text.box().y() + line * size * text.setting().lineHeight();
        Rect place = new Rect(text.box().x(), top, text.box().w(), size).grown(EDGE * size);
        return new Rectangle((int) place.x(), (int) place.y(), (int) Math.ceil(place.w()), (int) Math.ceil(place.h()));
    }

    private static Check check(Line text, String read) {
        String wanted = String.join("", text.lines());
        double similarity = Likeness.of(wanted, read);
        boolean found = similarity >= SAME || Likeness.slip(wanted, read);
        return new Check(text.id(), wanted, read, Math.round(similarity * 1000) / 1000.0, found);
    }

    private static List<Check> check(Lettering lettering, List<ReadLine> lines) {
        Map<String, List<ReadLine>> owned = new HashMap<>();
        for (ReadLine line : lines) {
            owner(lettering, line)
                    .ifPresent(text -> owned.computeIfAbsent(text.id(), id -> new ArrayList<>())
                            .add(line));
        }
        List<Check> checks = new ArrayList<>();
        for (Line text : lettering.texts()) {
            checks.add(check(text, joined(text, owned.getOrDefault(text.id(), List.of()))));
        }
        return checks;
    }

    /** The text whose place a line was read at: the nearest, and of equally near ones that of the likeliest size. */
    private static Optional<Line> owner(Lettering lettering, ReadLine line) {
        double x = line.x() + line.width() / 2.0;
        double y = line.y() + line.height() / 2.0;
        return lettering.texts().stream()
                .filter(text -> text.box().distance(x, y) < 0.5 * text.setting().size())
                .min(Comparator.<Line>comparingDouble(text -> text.box().distance(x, y))
                        .thenComparingDouble(text -> Math.abs(text.setting().size() - line.height())));
    }

    /** In reading order: by the line of the text a piece is nearest to, then from left to right. */
    private static String joined(Line text, List<ReadLine> pieces) {
        double size = text.setting().size();
        double pitch = size * text.setting().lineHeight();
        return pieces.stream()
                .sorted(Comparator.<ReadLine>comparingLong(piece -> Math.round(
                                (piece.y() + piece.height() / 2.0 - text.box().y() - size / 2) / pitch))
                        .thenComparingInt(ReadLine::x))
                .map(ReadLine::text)
                .collect(Collectors.joining());
    }

    private static List<Check> better(List<Check> first, List<Check> second) {
        List<Check> best = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            Check one = first.get(i);
            Check other = second.get(i);
            boolean kept = one.found() || (!other.found() && one.similarity() >= other.similarity());
            best.add(kept ? one : other);
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
}
