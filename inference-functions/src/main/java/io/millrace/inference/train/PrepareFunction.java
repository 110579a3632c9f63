package io.millrace.inference.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.model.head.Head;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.task.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Phase {@code train_prepare}: checks the samples and keeps some of each label aside. Parameters: {@code samples[] {image, label}} (4 to 500,
 * at least two labels with two pictures each), {@code validation} (share kept aside, 0 to 0.5, 0.2 when not given), {@code seed}. Result:
 * {@code labels[], samples[] {image, label, validation}, counts}.
 */
public final class PrepareFunction implements PhaseFunction {
    private static final int MIN_SAMPLES = 4;
    private static final int MAX_SAMPLES = 500;
    private static final int MAX_LABEL = 60;
    private static final double MAX_VALIDATION = 0.5;

    @Override
    public String name() {
        return "train_prepare";
    }

    @Override
    public String version() {
        return "train-prepare/1";
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        Map<String, List<String>> byLabel = byLabel(input.params().path("samples"), context);
        double share = input.params().path("validation").asDouble(0.2);
        if (share < 0 || share > MAX_VALIDATION) {
            throw PhaseFailure.badInput("validation", "must be a number from 0 to 0.5");
        }
        Random random = new Random(input.params().path("seed").asLong(0));
        List<Sample> samples = new ArrayList<>();
        ObjectNode output = Json.object();
        ArrayNode labels = output.putArray("labels");
        ObjectNode counts = output.putObject("counts");
        int aside = 0;
        for (Map.Entry<String, List<String>> entry : byLabel.entrySet()) {
            List<String> images = entry.getValue();
            labels.add(entry.getKey());
            counts.put(entry.getKey(), images.size());
            Collections.shuffle(images, random);
            int kept = images.size() < 3 || share == 0 ? 0 : (int) Math.max(1, Math.floor(images.size() * share));
            for (int i = 0; i < images.size(); i++) {
                samples.add(new Sample(images.get(i), entry.getKey(), i < kept));
            }
            aside += kept;
        }
        if (aside == 0) {
            context.log("warn", "no picture is kept aside: nothing will say how well unseen pictures are told apart");
        }
        ArrayNode list = output.putArray("samples");
        samples.forEach(sample -> list.add(Json.write(sample)));
        context.log("info", samples.size() + " pictures of " + labels.size() + " labels, " + aside + " kept aside");
        return new PhaseOutput(
                output,
                Map.of(
                        "samples", Integer.toString(samples.size()),
                        "labels", Integer.toString(labels.size()),
                        "kept_aside", Integer.toString(aside)));
    }

    private static Map<String, List<String>> byLabel(JsonNode samples, PhaseContext context) throws PhaseFailure {
        if (!samples.isArray() || samples.size() < MIN_SAMPLES || samples.size() > MAX_SAMPLES) {
            throw PhaseFailure.badInput("samples", "must be a list of 4 to 500 {image, label}");
        }
        Map<String, List<String>> byLabel = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < samples.size(); i++) {
            String label = samples.get(i).path("label").asText("").strip();
            if (label.isEmpty() || label.length() > MAX_LABEL) {
                throw PhaseFailure.badInput("samples[" + i + "].label", "must be a text of 1 to 60 characters");
            }
            String image = samples.get(i).path("image").asText("");
            requireThere(context, "samples[" + i + "].image", image);
            if (!seen.add(image)) {
                throw PhaseFailure.badInput(
                        "samples[" + i + "].image", "is the same picture as one before: give each once");
            }
            byLabel.computeIfAbsent(label, name -> new ArrayList<>()).add(image);
        }
        if (byLabel.size() < 2 || byLabel.size() > Head.MAX_LABELS) {
            throw PhaseFailure.badInput("samples", "must have 2 to " + Head.MAX_LABELS + " labels");
        }
        for (Map.Entry<String, List<String>> entry : byLabel.entrySet()) {
            if (entry.getValue().size() < 2) {
                throw PhaseFailure.badInput(
                        "samples", "need two pictures or more of each label: " + entry.getKey() + " has one");
            }
        }
        return byLabel;
    }

    private static void requireThere(PhaseContext context, String field, String image) throws PhaseFailure {
        try {
            if (context.artifacts().size(ArtifactRef.parse(image)).isEmpty()) {
                throw PhaseFailure.badInput(field, "names no artifact: upload the picture first");
            }
        } catch (IllegalArgumentException e) {
            throw PhaseFailure.badInput(field, "must be a reference sha256:HEX of an upload");
        } catch (IOException e) {
            throw new PhaseFailure(ErrorCode.UNAVAILABLE, "artifact store: " + e.getMessage());
        }
    }
}
