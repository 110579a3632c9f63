package io.millrace.inference.roadmap.intent;

import ai.djl.translate.TranslateException;
import io.millrace.inference.model.embedding.SentenceEmbedder;
import io.millrace.inference.roadmap.Goal.Match;
import io.millrace.inference.roadmap.Knowledge;
import io.millrace.inference.roadmap.Knowledge.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds the subject map for a goal. A keyword decides; several, the one nearest in meaning. Without a keyword the meaning alone must be
 * close and clearly ahead of the second: a wrong map is worse than none.
 */
final class SubjectMatcher {
    static final double CLOSE = 0.62;
    static final double CLEAR = 0.06;

    private final SentenceEmbedder embedder;
    private final List<Known> subjects = new ArrayList<>();

    SubjectMatcher(SentenceEmbedder embedder, Knowledge knowledge) throws TranslateException {
        this.embedder = embedder;
        for (Subject subject : knowledge.subjects()) {
            subjects.add(
                    new Known(subject, Pattern.compile(pattern(subject.keywords())), embedder.embed(subject.say())));
        }
    }

    private record Known(Subject subject, Pattern keywords, List<float[]> meanings) {
        /** Of the subject; where a map serves many, such as languages, in the goal's words. */
        String name(GoalText text, boolean chinese) {
            String name = chinese ? subject.zh() : subject.en();
            return name.isEmpty() ? text.topic() : name;
        }

        double score(float[] vector) {
            return meanings.stream()
                    .mapToDouble(sentence -> SentenceEmbedder.cosine(vector, sentence))
                    .max()
                    .orElse(-1);
        }
    }

    // Latin keywords are whole words; Chinese has no spaces between words.
    private static String pattern(List<String> words) {
        List<String> parts = new ArrayList<>();
        for (String word : words) {
            parts.add(word.chars().allMatch(c -> c < 128) ? "(?<![a-z])(?:" + word + ")(?![a-z])" : word);
        }
        return String.join("|", parts);
    }

    Match match(GoalText text, String goal, boolean chinese) throws TranslateException {
        float[] vector = embedder.embed(text.topic());
        String lower = goal.toLowerCase(Locale.ROOT);
        Known best = null;
        Known named = null;
        double first = -1;
        double second = -1;
        double namedScore = -1;
        for (Known known : subjects) {
            double score = known.score(vector);
            if (score > namedScore && known.keywords().matcher(lower).find()) {
                named = known;
                namedScore = score;
            }
            if (score > first) {
                second = first;
                first = score;
                best = known;
            } else {
                second = Math.max(second, score);
            }
        }
        double lead = round(first - second);
        if (named != null) {
            return new Match(named.subject().id(), named.name(text, chinese), "keyword", round(namedScore), lead);
        }
        if (best != null && first >= CLOSE && lead >= CLEAR) {
            return new Match(best.subject().id(), best.name(text, chinese), "meaning", round(first), lead);
        }
        return new Match(Knowledge.GENERAL, text.topic(), "none", round(first), lead);
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
