package io.millrace.inference.poster.intent;

import ai.djl.translate.TranslateException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.model.embedding.SentenceEmbedder;
import io.millrace.inference.model.font.Typefaces;
import io.millrace.inference.picture.Uploaded;
import io.millrace.inference.poster.Style;
import io.millrace.inference.poster.colour.Rgb;
import io.millrace.inference.poster.intent.Copy.Words;
import io.millrace.inference.poster.intent.Meaning.Understanding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Phase {@code intent}: parameters and prompt to a {@link Brief}. What the parameters say wins over what the prompt means.
 *
 * <p>{@code fontSize} counts CSS pixels of a preview whose shorter side is 375, as editors show it: 48 on a canvas 1080 wide
 * becomes 138 pixels. The fact {@code font_scale} holds the factor.
 */
public final class IntentFunction implements PhaseFunction {
    /** Shorter side of the preview that font sizes refer to. */
    public static final double PREVIEW = 375;

    private static final int[] DEFAULT_SIZE = {1080, 1920};

    private final SentenceEmbedder embedder;
    private final Meaning meaning;
    private final Copy copy;
    private final Typefaces faces;
    private final MoodReader moods;

    public IntentFunction(SentenceEmbedder embedder, Typefaces faces) throws IOException, TranslateException {
        this.embedder = embedder;
        this.faces = faces;
        meaning = new Meaning(embedder);
        copy = new Copy();
        moods = new MoodReader();
    }

    @Override
    public String name() {
        return "intent";
    }

    @Override
    public String version() {
        return embedder.version() + "/3";
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        Params params = Params.read(input.params());
        PromptFacts facts = PromptFacts.read(params.prompt());
        Understanding understood = understand(params);
        Style style =
                params.style() != null ? params.style() : understood.style().label();
        String language = params.prompt().isBlank()
                ? PromptFacts.language(params.elements().get(0).content())
                : facts.language();
        Words words = copy.words(understood.occasion().label(), language, params.prompt());
        int[] size = size(params, facts);
        double scale = Math.min(size[0], size[1]) / PREVIEW;
        List<Rgb> colors = params.colors().isEmpty() ? facts.colors() : params.colors();
        ReferenceLook reference = reference(params, context);
        boolean referred = colors.isEmpty() && reference != null;
        if (colors.isEmpty() && reference != null) {
            colors = reference.colours();
        }
        if (colors.isEmpty()) {
            colors = DefaultColours.of(understood.occasion().label(), style, words.topic());
        }
        Brief brief = new Brief(
                new Brief.Canvas(size[0], size[1], params.seed()),
                style,
                understood.occasion().label(),
                words.topic(),
                language,
                colors,
                Texts.choose(params, facts, words, scale),
                extras(params),
                moods.read(params.prompt(), understood.vector(), reference == null ? "" : reference.look()));
        requireGlyphs(brief);
        return output(brief, understood, params, facts, referred, scale);
    }

    /** The first reference that is an upload; pictures elsewhere are not fetched. */
    private static @Nullable ReferenceLook reference(Params params, PhaseContext context) throws PhaseFailure {
        for (int i = 0; i < params.reference().size(); i++) {
            String reference = params.reference().get(i);
            if (reference.startsWith("sha256:")) {
                return ReferenceLook.of(Uploaded.read(context, "reference[" + i + "]", reference));
            }
        }
        return null;
    }

    private Understanding understand(Params params) throws PhaseFailure {
        StringBuilder text = new StringBuilder(PromptFacts.withoutQuotes(params.prompt()));
        if (text.toString().isBlank()) {
            text.append(params.prompt());
            params.elements().forEach(element -> text.append(element.content()).append(' '));
        }
        try {
            return meaning.understand(text.toString());
        } catch (TranslateException e) {
            throw PhaseFailure.modelError(e);
        }
    }

    private static int[] size(Params params, PromptFacts facts) {
        int[] given = params.size();
        if (given != null) {
            return given;
        }
        int[] said = facts.size();
        return said == null ? DEFAULT_SIZE : said;
    }

    private static List<Extra> extras(Params params) {
        List<Extra> extras = new ArrayList<>();
        for (ElementParam element : params.elements()) {
            boolean logo = element.content().toLowerCase(Locale.ROOT).matches("(?s).*(logo|标志|徽标).*");
            if (!element.type().equals("text") && !logo) {
                extras.add(new Extra(
                        "x" + (extras.size() + 1),
                        element.type(),
                        element.content(),
                        element.position(),
                        element.color()));
            }
        }
        return extras;
    }

    private void requireGlyphs(Brief brief) throws PhaseFailure {
        for (TextItem text : brief.texts()) {
            String missing = faces.missing(text.content());
            if (!missing.isEmpty()) {
                throw PhaseFailure.badInput(
                        "text \"" + text.content() + "\"",
                        "has characters the font lacks: " + missing
                                + " - reword it, or set MILLRACE_FONT_DIR to a folder with the full fonts");
            }
        }
    }

    private static PhaseOutput output(
            Brief brief, Understanding understood, Params params, PromptFacts facts, boolean referred, double scale) {
        ObjectNode result = Json.write(brief);
        ObjectNode scores = result.putObject("scores");
        scores.put("occasion", round(understood.occasion().score()))
                .put("occasion_lead", round(understood.occasion().lead()));
        scores.put("style", round(understood.style().score()))
                .put("style_lead", round(understood.style().lead()));
        long suggested = brief.texts().stream()
                .filter(text -> text.source() == Source.SUGGESTED)
                .count();
        Map<String, String> said = new LinkedHashMap<>();
        said.put("occasion", brief.occasion().label());
        said.put("topic", brief.topic());
        said.put("style", brief.style().label());
        said.put("style_from", params.style() != null ? "params" : "prompt");
        said.put("tone", brief.mood().tone());
        said.put("audience", brief.mood().audience());
        said.put("language", brief.language());
        said.put("size", brief.canvas().width() + "x" + brief.canvas().height());
        said.put("colors_from", referred ? "reference" : coloursFrom(params, facts));
        said.put("texts", Integer.toString(brief.texts().size()));
        said.put("suggested_texts", Long.toString(suggested));
        said.put("font_scale", String.format(Locale.ROOT, "%.2f", scale));
        return new PhaseOutput(result, said);
    }

    private static String coloursFrom(Params params, PromptFacts facts) {
        if (!params.colors().isEmpty()) {
            return "params";
        }
        if (!facts.colors().isEmpty()) {
            return "prompt";
        }
        return params.reference().stream().anyMatch(reference -> reference.startsWith("sha256:"))
                ? "reference"
                : "default";
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
