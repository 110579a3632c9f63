package io.millrace.inference.model;

import ai.djl.ModelException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * A network of float tensors, loaded once and used by any number of threads: each call takes a predictor of its own from a
 * small pool, and frees every tensor it made.
 */
public final class Deep implements AutoCloseable {
    private final ZooModel<NDList, NDList> model;
    private final Queue<Predictor<NDList, NDList>> idle = new ConcurrentLinkedQueue<>();

    private Deep(ZooModel<NDList, NDList> model) {
        this.model = model;
    }

    /** A dense tensor in row-major order. */
    @SuppressWarnings("ArrayRecordComponent") // carries megabytes, is never compared
    public record Tensor(float[] values, long... shape) {}

    /**
     * Loads a model on one thread per call; with more, calls on a busy machine get slower, not faster.
     *
     * @param engine {@code PyTorch} or {@code OnnxRuntime}
     * @param file {@code .pt} or {@code .onnx}
     * @param device {@code cpu}, {@code cuda} or {@code cuda:N}
     */
    public static Deep load(String engine, Path file, String device) throws IOException, ModelException {
        Djl.prepare();
        Criteria.Builder<NDList, NDList> criteria = Criteria.builder()
                .setTypes(NDList.class, NDList.class)
                .optEngine(engine)
                .optModelPath(file)
                .optDevice(Djl.device(device))
                .optTranslator(new NoopTranslator());
        if (engine.equals("OnnxRuntime")) {
            criteria.optOption("interOpNumThreads", "1").optOption("intraOpNumThreads", "1");
        }
        return new Deep(criteria.build().loadModel());
    }

    /**
     * Runs the network.
     *
     * @param read copies what is wanted out of the first output, which is freed afterwards
     */
    public <T> T run(Function<NDArray, T> read, Tensor... inputs) throws TranslateException {
        Predictor<NDList, NDList> pooled = idle.poll();
        Predictor<NDList, NDList> predictor = pooled == null ? model.newPredictor() : pooled;
        try (NDManager manager = model.getNDManager().newSubManager()) {
            NDList in = new NDList();
            for (Tensor tensor : inputs) {
                in.add(manager.create(tensor.values(), new Shape(tensor.shape())));
            }
            try (NDList out = predictor.predict(in)) {
                return read.apply(out.get(0));
            }
        } finally {
            idle.add(predictor);
        }
    }

    @Override
    public void close() {
        for (Predictor<NDList, NDList> predictor = idle.poll(); predictor != null; predictor = idle.poll()) {
            predictor.close();
        }
        model.close();
    }
}
