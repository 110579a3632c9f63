package io.millrace.inference.model.head;

import java.util.List;

/**
 * A classifier of feature vectors: linear to {@code hidden}, ReLU, linear to the labels, softmax.
 *
 * @param labels in the order of the outputs, 2 to {@link #MAX_LABELS}
 * @param features version of the network whose features it was trained on
 * @param inputs numbers of one feature vector
 * @param weights {@code [inputs x hidden], [hidden], [hidden x labels], [labels]}, row by row
 */
@SuppressWarnings("ArrayRecordComponent") // is never compared
public record Head(List<String> labels, String features, int inputs, int hidden, float[][] weights) {
    public static final int MAX_LABELS = 100;
    public static final int MAX_HIDDEN = 512;

    public Head {
        labels = List.copyOf(labels);
        int[] sizes = sizes(inputs, hidden, labels.size());
        if (weights.length != sizes.length) {
            throw new IllegalArgumentException("a head has " + sizes.length + " weights, not " + weights.length);
        }
        for (int i = 0; i < sizes.length; i++) {
            if (weights[i].length != sizes[i]) {
                throw new IllegalArgumentException(
                        "weight " + i + " has " + weights[i].length + " numbers, not " + sizes[i]);
            }
        }
    }

    /** Numbers in each of the four weights. */
    public static int[] sizes(int inputs, int hidden, int labels) {
        return new int[] {inputs * hidden, hidden, hidden * labels, labels};
    }

    /** One probability for each label. */
    public double[] scores(float[] vector) {
        double[] middle = new double[hidden];
        for (int j = 0; j < hidden; j++) {
            middle[j] = weights[1][j];
        }
        for (int i = 0; i < inputs; i++) {
            for (int j = 0; j < hidden; j++) {
                middle[j] += vector[i] * weights[0][i * hidden + j];
            }
        }
        double[] scores = new double[labels.size()];
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < scores.length; k++) {
            scores[k] = weights[3][k];
            for (int j = 0; j < hidden; j++) {
                scores[k] += Math.max(0, middle[j]) * weights[2][j * scores.length + k];
            }
            most = Math.max(most, scores[k]);
        }
        double sum = 0;
        for (int k = 0; k < scores.length; k++) {
            scores[k] = Math.exp(scores[k] - most);
            sum += scores[k];
        }
        for (int k = 0; k < scores.length; k++) {
            scores[k] /= sum;
        }
        return scores;
    }
}
