package io.millrace.inference.train;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.model.head.Head;
import java.util.Arrays;
import java.util.List;

/**
 * How well the pictures that were kept aside are told apart.
 *
 * @param confusion how often a label (row) was taken for a label (column)
 */
@SuppressWarnings("ArrayRecordComponent") // is never compared
record Accuracy(int right, int count, int[][] confusion) {
    static Accuracy of(Head head, List<Sample> samples, float[][] features) {
        int[][] confusion = new int[head.labels().size()][head.labels().size()];
        int right = 0;
        int count = 0;
        for (int i = 0; i < samples.size(); i++) {
            if (samples.get(i).validation()) {
                double[] scores = head.scores(Arrays.copyOf(features[i], head.inputs()));
                int best = 0;
                for (int k = 1; k < scores.length; k++) {
                    best = scores[k] > scores[best] ? k : best;
                }
                int wanted = head.labels().indexOf(samples.get(i).label());
                confusion[wanted][best]++;
                right += wanted == best ? 1 : 0;
                count++;
            }
        }
        return new Accuracy(right, count, confusion);
    }

    /** 0 to 1, to three places. */
    double share() {
        return count == 0 ? 0 : Math.round(1000.0 * right / count) / 1000.0;
    }

    ArrayNode rows() {
        ArrayNode rows = Json.object().putArray("rows");
        for (int[] row : confusion) {
            ArrayNode cells = rows.addArray();
            Arrays.stream(row).forEach(cells::add);
        }
        return rows;
    }
}
