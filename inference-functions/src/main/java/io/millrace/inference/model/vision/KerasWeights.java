package io.millrace.inference.model.vision;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** Weights of a Keras network as the web format packs them: one byte a number, {@code min + scale * byte}, one tensor after the other. */
final class KerasWeights {
    private final Map<String, Tensor> tensors = new HashMap<>();

    /** @param values row by row */
    @SuppressWarnings("ArrayRecordComponent") // is never compared
    record Tensor(float[] values, int[] shape) {
        /** The same numbers with their axes in another order. */
        float[] permuted(int... axes) {
            int[] strides = new int[shape.length];
            int step = 1;
            for (int i = shape.length - 1; i >= 0; i--) {
                strides[i] = step;
                step *= shape[i];
            }
            float[] permuted = new float[values.length];
            int[] at = new int[shape.length];
            for (int i = 0; i < permuted.length; i++) {
                int from = 0;
                for (int axis = 0; axis < axes.length; axis++) {
                    from += at[axis] * strides[axes[axis]];
                }
                permuted[i] = values[from];
                for (int axis = axes.length - 1; axis >= 0 && ++at[axis] == shape[axes[axis]]; axis--) {
                    at[axis] = 0;
                }
            }
            return permuted;
        }
    }

    /** @throws IllegalArgumentException when the bytes are not as many as the description says */
    KerasWeights(JsonNode description, byte[] packed) {
        int offset = 0;
        for (JsonNode entry : description) {
            int[] shape = new int[entry.path("shape").size()];
            int count = 1;
            for (int i = 0; i < shape.length; i++) {
                shape[i] = entry.path("shape").get(i).asInt();
                count *= shape[i];
            }
            if (offset + count > packed.length) {
                throw new IllegalArgumentException("the weights end inside " + entry.path("name"));
            }
            float[] values = new float[count];
            float min = (float) entry.path("min").asDouble();
            float scale = (float) entry.path("scale").asDouble();
            for (int i = 0; i < count; i++) {
                values[i] = min + scale * (packed[offset + i] & 255);
            }
            offset += count;
            tensors.put(entry.path("name").asText(), new Tensor(values, shape));
        }
        if (offset != packed.length) {
            throw new IllegalArgumentException((packed.length - offset) + " bytes of weights belong to no tensor");
        }
    }

    Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("the network has no weights " + name);
        }
        return tensor;
    }
}
