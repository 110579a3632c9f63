package io.millrace.inference.train;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.model.head.Head;
import io.millrace.inference.model.vision.VisionModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** A training from its features to its end: epochs of steps, each told live, a checkpoint after every epoch. */
final class Course {
    /** The bar stands here when the features are there. */
    static final double BEGIN = 0.35;

    private static final String CHECKPOINT = "checkpoint.f32";

    private final Lesson lesson;
    private final List<String> labels;
    private final List<Sample> samples;
    private final float[][] features;
    private final String network;
    private final Workspace workspace;
    private final ArrayNode history = Json.object().putArray("history");
    private int resumedFrom;

    /** @param network version of the one whose features they are */
    Course(
            Lesson lesson,
            List<String> labels,
            List<Sample> samples,
            float[][] features,
            String network,
            Workspace workspace) {
        this.lesson = lesson;
        this.labels = labels;
        this.samples = samples;
        this.features = features;
        this.network = network;
        this.workspace = workspace;
    }

    /** One entry for each epoch of this run: {@code epoch, loss, validation_accuracy?}. */
    ArrayNode history() {
        return history;
    }

    /** Steps that an earlier try had done; 0 when this one began anew. */
    int resumedFrom() {
        return resumedFrom;
    }

    Head taught(PhaseContext context) throws PhaseFailure, IOException {
        List<Integer> learned = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            if (!samples.get(i).validation()) {
                learned.add(i);
            }
        }
        int perEpoch = (2 * learned.size() + lesson.batch() - 1) / lesson.batch();
        try (Learner learner = new Learner(labels, VisionModel.FEATURES, lesson)) {
            Optional<float[]> checkpoint = workspace.read(CHECKPOINT);
            if (checkpoint.isPresent() && learner.restore(checkpoint.get())) {
                resumedFrom = learner.steps();
                context.log("info", "going on from the checkpoint after step " + resumedFrom);
            }
            for (int epoch = learner.steps() / perEpoch; epoch < lesson.epochs(); epoch++) {
                double loss = epoch(learner, learned, epoch, perEpoch, context);
                workspace.write(CHECKPOINT, learner.checkpoint());
                tell(learner, epoch, loss, context);
            }
            return learner.head(network);
        }
    }

    private double epoch(Learner learner, List<Integer> learned, int epoch, int perEpoch, PhaseContext context)
            throws PhaseFailure {
        List<int[]> order = new ArrayList<>();
        learned.forEach(i -> {
            order.add(new int[] {i, 0});
            order.add(new int[] {i, 1});
        });
        Collections.shuffle(order, new Random(lesson.seed() * 1_000_003 + epoch));
        double sum = 0;
        for (int step = 0; step < perEpoch; step++) {
            context.checkWanted();
            List<int[]> some =
                    order.subList(step * lesson.batch(), Math.min(order.size(), (step + 1) * lesson.batch()));
            float[] vectors = new float[some.size() * VisionModel.FEATURES];
            int[] targets = new int[some.size()];
            for (int i = 0; i < targets.length; i++) {
                int sample = some.get(i)[0];
                System.arraycopy(
                        features[sample],
                        some.get(i)[1] * VisionModel.FEATURES,
                        vectors,
                        i * VisionModel.FEATURES,
                        VisionModel.FEATURES);
                targets[i] = labels.indexOf(samples.get(sample).label());
            }
            double loss = learner.step(vectors, targets);
            sum += loss;
            double done = (epoch * (double) perEpoch + step + 1) / (lesson.epochs() * (double) perEpoch);
            context.tick(
                    BEGIN + (1 - BEGIN) * done,
                    String.format(
                            Locale.ROOT,
                            "epoch %d of %d, step %d of %d, loss %.4f",
                            epoch + 1,
                            lesson.epochs(),
                            step + 1,
                            perEpoch,
                            loss));
        }
        return sum / perEpoch;
    }

    private void tell(Learner learner, int epoch, double loss, PhaseContext context) {
        Accuracy accuracy = Accuracy.of(learner.head(network), samples, features);
        var entry = history.addObject().put("epoch", epoch + 1).put("loss", Math.round(loss * 1e5) / 1e5);
        String line = String.format(Locale.ROOT, "epoch %d of %d: loss %.4f", epoch + 1, lesson.epochs(), loss);
        if (accuracy.count() > 0) {
            entry.put("validation_accuracy", accuracy.share());
            line += String.format(Locale.ROOT, ", %d of %d kept aside are right", accuracy.right(), accuracy.count());
        }
        context.log("info", line);
    }
}
