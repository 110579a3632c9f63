package io.millrace.inference.train;

import ai.djl.translate.TranslateException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.LongPhase;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.model.head.Head;
import io.millrace.inference.model.head.HeadFile;
import io.millrace.inference.model.vision.VisionModel;
import io.millrace.inference.poster.Phases;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.task.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Phase {@code train_fit}, a long one. Reads {@code preparing}; parameters {@code epochs, learning_rate, batch_size, hidden, seed}. A tick for
 * each step with its loss, a log line and a checkpoint for each epoch; a cancellation is seen between steps, and a later try on this
 * machine goes on from the last checkpoint. Result: {@code model} (reference of the classifier's file), {@code history[], steps, resumed_from,
 * validation {right, count, accuracy, confusion}}.
 */
public final class FitFunction implements LongPhase {
    private final VisionModel vision;
    private final Path workspaces;

    /** @param workspaces folder for what a try leaves to the next */
    public FitFunction(VisionModel vision, Path workspaces) {
        this.vision = vision;
        this.workspaces = workspaces;
    }

    /** Removes workspaces that nobody came back for. */
    public static void sweep(Path workspaces, Instant now) throws IOException {
        Workspace.sweep(workspaces, now);
    }

    @Override
    public String name() {
        return "train_fit";
    }

    @Override
    public String version() {
        return "train-1/" + vision.version();
    }

    @Override
    public Duration lease() {
        return Duration.ofSeconds(60);
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        Lesson lesson = Lesson.read(input.params());
        JsonNode prepared = input.require("preparing");
        List<String> labels = new ArrayList<>();
        prepared.path("labels").forEach(label -> labels.add(label.asText()));
        List<Sample> samples = new ArrayList<>();
        for (JsonNode sample : prepared.path("samples")) {
            samples.add(Json.read(sample, Sample.class, "results.preparing.samples"));
        }
        try {
            return compute(lesson, labels, samples, context);
        } catch (IOException e) {
            throw new PhaseFailure(ErrorCode.UNAVAILABLE, "workspace of the training: " + e.getMessage());
        } catch (TranslateException e) {
            throw PhaseFailure.modelError(e);
        }
    }

    private PhaseOutput compute(Lesson lesson, List<String> labels, List<Sample> samples, PhaseContext context)
            throws PhaseFailure, IOException, TranslateException {
        Workspace workspace = Workspace.of(workspaces, key(lesson, samples, context.taskId()));
        float[][] features = new Features(vision, workspace).of(samples, Course.BEGIN, context);
        Course course = new Course(lesson, labels, samples, features, vision.version(), workspace);
        Head head = course.taught(context);
        Accuracy accuracy = Accuracy.of(head, samples, features);
        String model = Phases.store(context, HeadFile.write(head));
        ObjectNode output = Json.object();
        output.put("model", model);
        output.put("features", vision.version());
        output.set("history", course.history());
        output.put("resumed_from", course.resumedFrom());
        output.put("epochs", lesson.epochs());
        ObjectNode validation = output.putObject("validation");
        validation.put("right", accuracy.right()).put("count", accuracy.count()).put("accuracy", accuracy.share());
        validation.set("confusion", accuracy.rows());
        ObjectNode params = output.putObject("lesson");
        params.put("learning_rate", lesson.learningRate()).put("batch_size", lesson.batch());
        params.put("hidden", lesson.hidden()).put("seed", lesson.seed());
        workspace.remove();
        return new PhaseOutput(
                output,
                Map.of(
                        "model",
                        model,
                        "accuracy",
                        accuracy.count() == 0 ? "not tested" : String.format(Locale.ROOT, "%.3f", accuracy.share()),
                        "resumed_from",
                        Integer.toString(course.resumedFrom())));
    }

    /** The same for all tries of one task, another for other samples or another lesson. */
    private String key(Lesson lesson, List<Sample> samples, String taskId) {
        byte[] all = (lesson + " " + samples + " " + vision.version()).getBytes(StandardCharsets.UTF_8);
        return taskId.replaceAll("[^A-Za-z0-9_-]", "_") + "_"
                + ArtifactRef.of(all).hash().substring(0, 16);
    }
}
