package io.millrace.inference.poster.intent;

import ai.djl.translate.TranslateException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.data.Resources;
import io.millrace.inference.model.embedding.SentenceEmbedder;
import io.millrace.inference.poster.Occasion;
import io.millrace.inference.poster.Style;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Occasion and style by meaning: a prompt belongs where its vector is nearest to sample sentences, half by the nearest one and half by
 * the mean of all; a keyword adds a little.
 */
final class Meaning {
    /** Worth of a keyword, about the lead a clear prompt has without one. */
    private static final double NAMED = 0.08;

    private static final double STYLED = 0.14;

    private final SentenceEmbedder embedder;
    private final Map<Occasion, List<float[]>> occasions;
    private final Map<Style, List<float[]>> styles;
    private final JsonNode keywords;
    private final JsonNode styleWords;

    Meaning(SentenceEmbedder embedder) throws IOException, TranslateException {
        this.embedder = embedder;
        JsonNode prototypes = Resources.json("millrace/poster/prototypes.json");
        occasions = vectors(prototypes.path("occasion"), Occasion.class);
        styles = vectors(prototypes.path("style"), Style.class);
        keywords = prototypes.path("keywords");
        styleWords = prototypes.path("style_keywords");
    }

    /** The best label with its score, -1 to 1, and its lead over the second. */
    record Guess<E>(E label, double score, double lead) {}

    @SuppressWarnings("ArrayRecordComponent") // is never compared
    record Understanding(Guess<Occasion> occasion, Guess<Style> style, float[] vector) {}

    Understanding understand(String prompt) throws TranslateException {
        float[] vector = embedder.embed(prompt);
        return new Understanding(
                best(vector, occasions, said(prompt, keywords, NAMED)),
                best(vector, styles, said(prompt, styleWords, STYLED)),
                vector);
    }

    /** What the prompt names in so many words. */
    private static Map<String, Double> said(String prompt, JsonNode keywords, double worth) {
        String lower = prompt.toLowerCase(Locale.ROOT);
        Map<String, Double> bonus = new HashMap<>();
        for (Map.Entry<String, JsonNode> occasion : keywords.properties()) {
            for (JsonNode word : occasion.getValue()) {
                if (lower.contains(word.asText())) {
                    bonus.put(occasion.getKey(), worth);
                }
            }
        }
        return bonus;
    }

    private <E extends Enum<E>> Map<E, List<float[]>> vectors(JsonNode groups, Class<E> type)
            throws TranslateException {
        Map<E, List<float[]>> vectors = new EnumMap<>(type);
        for (Map.Entry<String, JsonNode> group : groups.properties()) {
            List<String> sentences = new ArrayList<>();
            group.getValue().forEach(sentence -> sentences.add(sentence.asText()));
            List<float[]> each = new ArrayList<>();
            for (String sentence : sentences) {
                each.add(embedder.embed(sentence));
            }
            vectors.put(Enum.valueOf(type, group.getKey().toUpperCase(Locale.ROOT)), each);
        }
        return vectors;
    }

    private static <E> Guess<E> best(float[] vector, Map<E, List<float[]>> groups, Map<String, Double> bonus) {
        Map.Entry<E, List<float[]>> best = groups.entrySet().iterator().next();
        double first = -2;
        double second = -2;
        for (Map.Entry<E, List<float[]>> group : groups.entrySet()) {
            double score = score(vector, group.getValue())
                    + bonus.getOrDefault(group.getKey().toString().toLowerCase(Locale.ROOT), 0.0);
            if (score > first) {
                second = first;
                first = score;
                best = group;
            } else {
                second = Math.max(second, score);
            }
        }
        return new Guess<>(best.getKey(), first, first - second);
    }

    private static double score(float[] vector, List<float[]> group) {
        double max = -1;
        double sum = 0;
        for (float[] sample : group) {
            double cosine = SentenceEmbedder.cosine(vector, sample);
            max = Math.max(max, cosine);
            sum += cosine;
        }
        return 0.5 * max + 0.5 * sum / group.size();
    }
}
