package io.millrace.inference.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.millrace.inference.model.head.Head;
import java.util.List;
import java.util.Random;

/**
 * Fits a {@link Head} by Adam (Kingma and Ba 2015) on the cross entropy, with DJL's arrays on the device of their engine. The gradient of
 * two layers is written out: DJL's gradient collector belongs to the whole process, in which other models run. The same steps
 * from the same state give the same numbers, so a training that was cut short ends as if it had not been.
 */
final class Learner implements AutoCloseable {
    private static final float DECAY_MEAN = 0.9f;
    private static final float DECAY_SQUARE = 0.999f;
    private static final float EPSILON = 1e-8f;
    private static final float WEIGHT_DECAY = 1e-4f;
    private static final int WEIGHTS = 4;

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final List<String> labels;
    private final int inputs;
    private final int hidden;
    private final float rate;
    private final Shape[] shapes;
    /** Weights, then running means of their gradients, then of the squares. */
    private final NDArray[] state = new NDArray[3 * WEIGHTS];

    private int steps;

    Learner(List<String> labels, int inputs, Lesson lesson) {
        this.labels = labels;
        this.inputs = inputs;
        this.hidden = lesson.hidden();
        this.rate = (float) lesson.learningRate();
        int outputs = labels.size();
        shapes = new Shape[] {
            new Shape(inputs, hidden), new Shape(1, hidden), new Shape(hidden, outputs), new Shape(1, outputs)
        };
        Random random = new Random(lesson.seed());
        for (int i = 0; i < WEIGHTS; i++) {
            float[] values = new float[(int) shapes[i].size()];
            double spread = i == 0 ? Math.sqrt(2.0 / inputs) : i == 2 ? Math.sqrt(2.0 / hidden) : 0;
            for (int j = 0; j < values.length; j++) {
                values[j] = (float) (random.nextGaussian() * spread);
            }
            state[i] = manager.create(values, shapes[i]);
            state[WEIGHTS + i] = manager.zeros(shapes[i]);
            state[2 * WEIGHTS + i] = manager.zeros(shapes[i]);
        }
    }

    int steps() {
        return steps;
    }

    /**
     * One step.
     *
     * @param vectors one feature vector after the other
     * @param targets index of the label of each
     * @return the mean cross entropy before the step
     */
    double step(float[] vectors, int[] targets) {
        steps++;
        try (NDManager local = manager.newSubManager()) {
            int count = targets.length;
            NDArray x = local.create(vectors, new Shape(count, inputs));
            NDArray wanted = local.create(oneHot(targets), new Shape(count, labels.size()));
            NDArray middle = keep(local, keep(local, x.matMul(state[0])).add(state[1]));
            NDArray active = keep(local, middle.maximum(0));
            NDArray logits = keep(local, keep(local, active.matMul(state[2])).add(state[3]));
            NDArray chances = keep(local, logits.softmax(1));
            double loss = loss(chances.toFloatArray(), targets);
            NDArray error = keep(local, keep(local, chances.sub(wanted)).div(count));
            NDArray back = keep(local, error.matMul(keep(local, state[2].transpose())));
            NDArray open = keep(local, keep(local, middle.gt(0)).toType(ai.djl.ndarray.types.DataType.FLOAT32, true));
            NDArray backMiddle = keep(local, back.mul(open));
            update(local, 0, keep(local, keep(local, x.transpose()).matMul(backMiddle)));
            update(local, 1, keep(local, backMiddle.sum(new int[] {0}, true)));
            update(local, 2, keep(local, keep(local, active.transpose()).matMul(error)));
            update(local, 3, keep(local, error.sum(new int[] {0}, true)));
            return loss;
        }
    }

    /** Results belong to the manager of the left operand, which may be the long-lived one: handed over, they end with the step. */
    private static NDArray keep(NDManager local, NDArray array) {
        array.attach(local);
        return array;
    }

    private void update(NDManager local, int weight, NDArray slope) {
        NDArray mean = state[WEIGHTS + weight];
        NDArray square = state[2 * WEIGHTS + weight];
        mean.muli(DECAY_MEAN).addi(keep(local, slope.mul(1 - DECAY_MEAN)));
        square.muli(DECAY_SQUARE).addi(keep(local, keep(local, slope.mul(slope)).mul(1 - DECAY_SQUARE)));
        float byMean = (float) (1 - Math.pow(DECAY_MEAN, steps));
        float bySquare = (float) (1 - Math.pow(DECAY_SQUARE, steps));
        NDArray root = keep(
                local, keep(local, keep(local, square.div(bySquare)).sqrt()).add(EPSILON));
        NDArray move =
                keep(local, keep(local, keep(local, mean.div(byMean)).div(root)).mul(rate));
        state[weight].muli(1 - rate * WEIGHT_DECAY).subi(move);
    }

    private float[] oneHot(int[] targets) {
        float[] wanted = new float[targets.length * labels.size()];
        for (int i = 0; i < targets.length; i++) {
            wanted[i * labels.size() + targets[i]] = 1;
        }
        return wanted;
    }

    private double loss(float[] chances, int[] targets) {
        double sum = 0;
        for (int i = 0; i < targets.length; i++) {
            sum -= Math.log(Math.max(1e-12, chances[i * labels.size() + targets[i]]));
        }
        return sum / targets.length;
    }

    /** The classifier as it is now. */
    Head head(String features) {
        float[][] weights = new float[WEIGHTS][];
        for (int i = 0; i < WEIGHTS; i++) {
            weights[i] = state[i].toFloatArray();
        }
        return new Head(labels, features, inputs, hidden, weights);
    }

    /** All that a later step depends on. */
    float[] checkpoint() {
        int size = 1;
        for (NDArray array : state) {
            size += (int) array.size();
        }
        float[] values = new float[size];
        values[0] = steps;
        int at = 1;
        for (NDArray array : state) {
            float[] part = array.toFloatArray();
            System.arraycopy(part, 0, values, at, part.length);
            at += part.length;
        }
        return values;
    }

    /** Goes back to a checkpoint. @return false when it is of another training */
    boolean restore(float[] checkpoint) {
        if (checkpoint.length != checkpoint().length) {
            return false;
        }
        steps = (int) checkpoint[0];
        int at = 1;
        for (int i = 0; i < state.length; i++) {
            int size = (int) state[i].size();
            float[] part = new float[size];
            System.arraycopy(checkpoint, at, part, 0, size);
            state[i].close();
            state[i] = manager.create(part, shapes[i % WEIGHTS]);
            at += size;
        }
        return true;
    }

    @Override
    public void close() {
        manager.close();
    }
}
