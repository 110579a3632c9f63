package io.millrace.inference.classify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Labels with their scores, the best first. */
final class Scored {
    private final List<String> labels;
    private final double[] scores;

    Scored(List<String> labels, double[] scores) {
        this.labels = labels;
        this.scores = scores;
    }

    private List<Integer> order() {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -scores[i]).thenComparing(i -> i))
                .toList();
    }

    String best() {
        return labels.get(order().get(0));
    }

    /** Writes {@code label, score, scores[] {label, score}}, scores to four places. */
    void write(ObjectNode into, int limit) {
        List<Integer> order = order();
        into.put("label", labels.get(order.get(0))).put("score", rounded(scores[order.get(0)]));
        ArrayNode list = into.putArray("scores");
        for (int i : order.subList(0, Math.min(limit, order.size()))) {
            list.addObject().put("label", labels.get(i)).put("score", rounded(scores[i]));
        }
    }

    private static double rounded(double score) {
        return Math.round(score * 10_000) / 10_000.0;
    }
}
