package io.millrace.inference.poster.intent;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.data.Resources;
import io.millrace.inference.model.pattern.PatternModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Tone and audience by word, and the prompt's embedding as the latent vector of the pattern network. */
final class MoodReader {
    private static final long PROJECTION = 11;

    private final JsonNode tones;
    private final JsonNode audiences;

    MoodReader() throws IOException {
        JsonNode words = Resources.json("millrace/poster/prototypes.json");
        tones = words.path("tones");
        audiences = words.path("audiences");
    }

    /** @param look kind of pattern of a reference picture, or empty */
    Mood read(String prompt, float[] embedding, String look) {
        String lower = prompt.toLowerCase(Locale.ROOT);
        return new Mood(project(embedding), said(lower, tones, "neutral"), said(lower, audiences, "everyone"), look);
    }

    /** The name whose first word comes earliest in the prompt. */
    private static String said(String prompt, JsonNode groups, String otherwise) {
        String best = otherwise;
        int first = Integer.MAX_VALUE;
        for (Map.Entry<String, JsonNode> group : groups.properties()) {
            for (JsonNode word : group.getValue()) {
                int at = prompt.indexOf(word.asText());
                if (at >= 0 && at < first) {
                    first = at;
                    best = group.getKey();
                }
            }
        }
        return best;
    }

    /** A fixed random projection (Johnson and Lindenstrauss 1984): prompts that mean the same stay close. */
    private static List<Float> project(float[] embedding) {
        Random random = new Random(PROJECTION);
        List<Float> latent = new ArrayList<>();
        for (int i = 0; i < PatternModel.MOOD; i++) {
            double sum = 0;
            for (float value : embedding) {
                sum += value * random.nextGaussian();
            }
            latent.add((float) (Math.round(sum * 1000) / 1000.0));
        }
        return latent;
    }
}
