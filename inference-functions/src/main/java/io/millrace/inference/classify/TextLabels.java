package io.millrace.inference.classify;

import ai.djl.translate.TranslateException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.model.embedding.SentenceEmbedder;
import java.util.ArrayList;
import java.util.List;

/**
 * Labels that texts are compared with: their names and, where the caller gives some, examples. A text is as close to a label as to the
 * closest of these; the mean of all counts a little, so that one odd example does not decide.
 */
final class TextLabels {
    private static final int MAX_LABELS = 100;
    private static final int MAX_EXAMPLES = 20;
    private static final int MAX_TEXT = 200;
    private static final double CLOSEST = 0.7;
    /** Cosines of this model lie close together: one tenth apart is far. */
    private static final double SHARPNESS = 24;

    private final List<String> names = new ArrayList<>();
    private final List<List<float[]>> vectors = new ArrayList<>();

    private TextLabels() {}

    /** @param labels texts, or {@code {label, examples[]}} */
    static TextLabels read(JsonNode labels, SentenceEmbedder embedder) throws PhaseFailure, TranslateException {
        if (!labels.isArray() || labels.size() < 2 || labels.size() > MAX_LABELS) {
            throw PhaseFailure.badInput("labels", "must be a list of 2 to " + MAX_LABELS + " labels");
        }
        TextLabels read = new TextLabels();
        for (int i = 0; i < labels.size(); i++) {
            JsonNode label = labels.get(i);
            String name = text(label.isObject() ? label.path("label") : label, "labels[" + i + "]");
            if (read.names.contains(name)) {
                throw PhaseFailure.badInput("labels[" + i + "]", "names the label " + name + " a second time");
            }
            List<String> sentences = new ArrayList<>(List.of(name));
            JsonNode examples = label.path("examples");
            if (examples.size() > MAX_EXAMPLES) {
                throw PhaseFailure.badInput("labels[" + i + "].examples", "are more than " + MAX_EXAMPLES);
            }
            for (JsonNode example : examples) {
                sentences.add(text(example, "labels[" + i + "].examples"));
            }
            read.names.add(name);
            read.vectors.add(embedder.embed(sentences));
        }
        return read;
    }

    private static String text(JsonNode value, String field) throws PhaseFailure {
        String text = value.isTextual() ? value.asText().strip() : "";
        if (text.isEmpty() || text.length() > MAX_TEXT) {
            throw PhaseFailure.badInput(field, "must be a text of 1 to " + MAX_TEXT + " characters");
        }
        return text;
    }

    /** Shares that add up to 1: how much closer the text is to one label than to the others, not how sure anybody can be. */
    Scored scored(float[] text) {
        double[] scores = new double[names.size()];
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Math.exp(SHARPNESS * closeness(text, vectors.get(i)));
            sum += scores[i];
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] /= sum;
        }
        return new Scored(names, scores);
    }

    private static double closeness(float[] text, List<float[]> sentences) {
        double most = -1;
        double mean = 0;
        for (float[] sentence : sentences) {
            double cosine = SentenceEmbedder.cosine(text, sentence);
            most = Math.max(most, cosine);
            mean += cosine / sentences.size();
        }
        return CLOSEST * most + (1 - CLOSEST) * mean;
    }
}
