package io.millrace.inference.train;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.function.PhaseFailure;

/**
 * How a classifier is trained.
 *
 * @param epochs times every picture is looked at, 1 to 200
 * @param learningRate step of Adam, 0.00001 to 0.1
 * @param batch pictures of one step, 1 to 128
 * @param hidden width of the middle layer, 8 to 512
 * @param seed of the first weights and of the order of pictures
 */
record Lesson(int epochs, double learningRate, int batch, int hidden, long seed) {
    static Lesson read(JsonNode params) throws PhaseFailure {
        JsonNode rate = params.path("learning_rate");
        double learningRate = rate.asDouble(0.001);
        if (!rate.isMissingNode()
                && !rate.isNull()
                && (!rate.isNumber() || learningRate < 1e-5 || learningRate > 0.1)) {
            throw PhaseFailure.badInput("learning_rate", "must be a number from 0.00001 to 0.1");
        }
        return new Lesson(
                number(params, "epochs", 20, 1, 200),
                learningRate,
                number(params, "batch_size", 16, 1, 128),
                number(params, "hidden", 64, 8, 512),
                params.path("seed").asLong(0));
    }

    private static int number(JsonNode params, String field, int otherwise, int min, int max) throws PhaseFailure {
        JsonNode value = params.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.canConvertToInt() || value.asInt() < min || value.asInt() > max) {
            throw PhaseFailure.badInput(field, "must be a whole number from " + min + " to " + max);
        }
        return value.asInt();
    }
}
