package io.millrace.inference.roadmap;

import ai.djl.translate.TranslateException;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.model.embedding.SentenceEmbedder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which wished topics a plan does not cover: by name, else by meaning. */
public final class TopicCover {
    /** Likeness from which a title is taken to be about the topic; set by eye. */
    private static final double ALIKE = 0.78;

    private final SentenceEmbedder embedder;

    public TopicCover(SentenceEmbedder embedder) {
        this.embedder = embedder;
    }

    /**
     * Topics that no title covers, in their order.
     *
     * @param titles of the concepts
     */
    public List<String> missing(List<String> topics, List<String> titles) throws PhaseFailure {
        if (topics.isEmpty()) {
            return List.of();
        }
        try {
            List<float[]> vectors = titles.isEmpty() ? List.of() : embedder.embed(titles);
            List<String> missing = new ArrayList<>();
            for (String topic : topics) {
                if (!named(topic, titles) && !meant(embedder.embed(topic), vectors)) {
                    missing.add(topic);
                }
            }
            return missing;
        } catch (TranslateException e) {
            throw PhaseFailure.modelError(e);
        }
    }

    private static boolean named(String topic, List<String> titles) {
        String lower = topic.toLowerCase(Locale.ROOT);
        return titles.stream().anyMatch(title -> title.toLowerCase(Locale.ROOT).contains(lower));
    }

    private static boolean meant(float[] topic, List<float[]> titles) {
        return titles.stream().anyMatch(title -> SentenceEmbedder.cosine(topic, title) >= ALIKE);
    }
}
