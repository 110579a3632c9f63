package io.millrace.inference.model.vision;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.model.torchscript.ModuleWriter;
import java.util.HashMap;
import java.util.Map;

/** A Keras network, layer by layer, as TorchScript; pictures go in as [n, 3, height, width]. */
final class KerasModule {
    private final KerasWeights weights;
    private final ModuleWriter module = new ModuleWriter("Vision", "x");
    private final Map<String, String> made = new HashMap<>();

    private KerasModule(KerasWeights weights) {
        this.weights = weights;
    }

    /**
     * @param description {@code {layers[], weights[]}}
     * @param features layer whose output is given beside the last one's, both flat, features first
     */
    static ModuleWriter of(JsonNode description, byte[] packed, String features) {
        KerasModule keras = new KerasModule(new KerasWeights(description.path("weights"), packed));
        String last = "x";
        for (JsonNode layer : description.path("layers")) {
            last = keras.layer(layer);
            keras.made.put(layer.path("name").asText(), last);
        }
        keras.module.line("return torch.cat([" + keras.made.get(features) + ", " + last + "], 1)");
        return keras.module;
    }

    /** @return name of the value the layer gives */
    private String layer(JsonNode layer) {
        String name = layer.path("name").asText();
        JsonNode config = layer.path("config");
        String input = layer.path("inputs").isEmpty() ? "x" : input(layer, 0);
        String value = "v" + made.size();
        switch (layer.path("kind").asText()) {
            case "InputLayer", "Dropout" -> {
                return input;
            }
            case "ZeroPadding2D" ->
                module.line(value + " = torch.constant_pad_nd(" + input + ", " + padding(config) + ", 0)");
            case "Conv2D", "DepthwiseConv2D" -> convolution(layer, input, value);
            case "BatchNormalization" -> normalization(name, config, input, value);
            case "ReLU" -> module.line(value + " = torch.clamp(" + input + ", 0., 6.)");
            case "Add" -> module.line(value + " = torch.add(" + input + ", " + input(layer, 1) + ")");
            case "AveragePooling2D" -> {
                int side = config.path("pool_size").get(0).asInt();
                module.line(value + " = torch.avg_pool2d(" + input + ", [" + side + ", " + side + "])");
            }
            case "Flatten" -> module.line(value + " = torch.flatten(torch.permute(" + input + ", [0, 2, 3, 1]), 1)");
            case "Dense" -> dense(name, config, input, value);
            default -> throw new IllegalArgumentException("no layer of this kind is known: " + layer.path("kind"));
        }
        return value;
    }

    private String input(JsonNode layer, int index) {
        String name = layer.path("inputs").get(index).asText();
        String value = made.get(name);
        if (value == null) {
            throw new IllegalArgumentException(layer.path("name") + " takes " + name + ", which comes later");
        }
        return value;
    }

    /** Left, right, top, bottom. */
    private static String padding(JsonNode config) {
        JsonNode rows = config.path("padding").get(0);
        JsonNode columns = config.path("padding").get(1);
        return "[" + columns.get(0) + ", " + columns.get(1) + ", " + rows.get(0) + ", " + rows.get(1) + "]";
    }

    private void convolution(JsonNode layer, String input, String value) {
        String name = layer.path("name").asText();
        JsonNode config = layer.path("config");
        boolean depthwise = layer.path("kind").asText().equals("DepthwiseConv2D");
        KerasWeights.Tensor kernel = weights.get(name + (depthwise ? "/depthwise_kernel" : "/kernel"));
        int high = kernel.shape()[0];
        int wide = kernel.shape()[1];
        int in = kernel.shape()[2];
        int out = kernel.shape()[3];
        String own = "k" + made.size();
        if (depthwise) {
            module.parameter(own, kernel.permuted(2, 3, 0, 1), in, 1, high, wide);
        } else {
            module.parameter(own, kernel.permuted(3, 2, 0, 1), out, in, high, wide);
        }
        int stride = config.path("strides").get(0).asInt();
        boolean same = config.path("padding").asText().equals("same");
        if (same && stride != 1) {
            throw new IllegalArgumentException(name + " pads by itself and skips: that differs from Keras");
        }
        int pad = same ? (high - 1) / 2 : 0;
        module.line(value + " = torch.conv2d(" + input + ", self." + own + ", None, [" + stride + ", " + stride + "], ["
                + pad + ", " + pad + "], [1, 1], " + (depthwise ? in : 1) + ")");
    }

    private void normalization(String name, JsonNode config, String input, String value) {
        String own = "n" + made.size();
        for (String part : new String[] {"gamma", "beta", "moving_mean", "moving_variance"}) {
            KerasWeights.Tensor tensor = weights.get(name + "/" + part);
            module.parameter(own + part, tensor.values(), tensor.values().length);
        }
        module.line(
                value + " = torch.batch_norm(" + input + ", self." + own + "gamma, self." + own + "beta, self." + own
                        + "moving_mean, self." + own + "moving_variance, False, 0., "
                        + config.path("epsilon").asDouble() + ", False)");
    }

    private void dense(String name, JsonNode config, String input, String value) {
        String own = "d" + made.size();
        KerasWeights.Tensor kernel = weights.get(name + "/kernel");
        module.parameter(own, kernel.values(), kernel.shape()[0], kernel.shape()[1]);
        KerasWeights.Tensor bias = weights.get(name + "/bias");
        module.parameter(own + "b", bias.values(), bias.values().length);
        String sum = "torch.add(torch.matmul(" + input + ", self." + own + "), self." + own + "b)";
        String activated = switch (config.path("activation").asText()) {
            case "relu" -> "torch.relu(" + sum + ")";
            case "softmax" -> "torch.softmax(" + sum + ", 1)";
            default -> sum;
        };
        module.line(value + " = " + activated);
    }
}
