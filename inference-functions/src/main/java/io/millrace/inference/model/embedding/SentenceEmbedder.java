package io.millrace.inference.model.embedding;

import ai.djl.ModelException;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.translator.TextEmbeddingTranslator;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import io.millrace.inference.model.Djl;
import io.millrace.inference.registry.Model;
import io.millrace.inference.registry.ModelFault;
import io.millrace.inference.registry.ModelFiles;
import io.millrace.inference.registry.Models;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** bge-small-zh-v1.5: Chinese and English sentences as unit vectors of 512 numbers; close in meaning is close in angle. */
public final class SentenceEmbedder implements Model {
    private static final int MAX_TOKENS = 256;

    private final String version;
    private final HuggingFaceTokenizer tokenizer;
    private final ZooModel<String, float[]> model;
    private final Queue<Predictor<String, float[]>> idle = new ConcurrentLinkedQueue<>();

    private SentenceEmbedder(String version, HuggingFaceTokenizer tokenizer, ZooModel<String, float[]> model) {
        this.version = version;
        this.tokenizer = tokenizer;
        this.model = model;
    }

    /** The one of this process. */
    public static SentenceEmbedder of(Models models) throws ModelFault {
        return models.get("bge-small-zh", SentenceEmbedder.class, SentenceEmbedder::load);
    }

    /** How alike two unit vectors are, -1 to 1. */
    public static double cosine(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    private static SentenceEmbedder load(ModelFiles files) throws IOException, ModelException, ModelFault {
        Djl.prepare();
        HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.builder()
                .optTokenizerPath(files.file("tokenizer"))
                .optTruncation(true)
                .optMaxLength(MAX_TOKENS)
                .optPadding(true)
                .build();
        ZooModel<String, float[]> model = Criteria.builder()
                .setTypes(String.class, float[].class)
                .optEngine("OnnxRuntime")
                .optModelPath(files.file("network"))
                .optDevice(Djl.device(files.device()))
                .optTranslator(TextEmbeddingTranslator.builder(tokenizer)
                        .optPoolingMode("cls")
                        .optNormalize(true)
                        .optIncludeTokenTypes(true)
                        .build())
                .optOption("interOpNumThreads", "1")
                .optOption("intraOpNumThreads", "1")
                .build()
                .loadModel();
        return new SentenceEmbedder(files.version(), tokenizer, model);
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
    public String version() {
        return version;
    }

    @Override
    public void warmUp() throws TranslateException {
        embed("warm up 热身");
    }

    @Override
    public void close() {
        for (Predictor<String, float[]> predictor = idle.poll(); predictor != null; predictor = idle.poll()) {
            predictor.close();
        }
        model.close();
        tokenizer.close();
    }
}
