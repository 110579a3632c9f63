package io.millrace.inference.model.vision;

import ai.djl.ModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.translate.TranslateException;
import io.millrace.inference.data.Resources;
import io.millrace.inference.model.Deep;
import io.millrace.inference.model.Deep.Tensor;
import io.millrace.inference.model.ModelFolder;
import java.awt.image.BufferedImage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * MobileNetV2 (Sandler et al. 2018) at 224 x 224 as nsfwjs ships it: the convolutions were trained on ImageNet and left as they were, the
 * last three layers on five ratings. One instance serves all threads.
 */
public final class VisionModel implements AutoCloseable {
    /** Changes whenever the numbers do. */
    public static final String VERSION = "mobilenet-v2-nsfwjs-4.3";

    /** Length of {@link Seen#features}. */
    public static final int FEATURES = 1280;

    /** What the ratings stand for, in their order. */
    public static final List<String> RATINGS = List.of("drawing", "hentai", "neutral", "porn", "sexy");

    private static final String RESOURCE = "millrace/vision/mobilenet-v2";
    private static final int SIDE = 224;

    private final Deep network;

    private VisionModel(Deep network) {
        this.network = network;
    }

    /**
     * One picture as the network sees it.
     *
     * @param features what its convolutions found, averaged over the picture: {@link #FEATURES} numbers from 0 to 6
     * @param ratings one probability for each of {@link #RATINGS}
     */
    @SuppressWarnings("ArrayRecordComponent") // is never compared
    public record Seen(float[] features, float[] ratings) {}

    /** Writes the network into the folder when it is not there, then loads it. */
    public static VisionModel load(ModelFolder folder) throws IOException, ModelException {
        return new VisionModel(Deep.load("PyTorch", folder.build(VERSION + ".pt", file -> {
            try (InputStream in = VisionModel.class.getClassLoader().getResourceAsStream(RESOURCE + ".bin")) {
                if (in == null) {
                    throw new FileNotFoundException("resource " + RESOURCE + ".bin is not on the class path");
                }
                KerasModule.of(Resources.json(RESOURCE + ".json"), in.readAllBytes(), "flatten_1")
                        .writeTo(file);
            }
        })));
    }

    /** One answer for each picture, of any size; each is squeezed to the network's square. */
    public List<Seen> see(List<BufferedImage> pictures) throws TranslateException {
        float[] pixels = new float[pictures.size() * 3 * SIDE * SIDE];
        for (int i = 0; i < pictures.size(); i++) {
            Squared.write(pictures.get(i), SIDE, pixels, i * 3 * SIDE * SIDE);
        }
        float[] flat = network.run(NDArray::toFloatArray, new Tensor(pixels, pictures.size(), 3, SIDE, SIDE));
        int row = FEATURES + RATINGS.size();
        List<Seen> seen = new ArrayList<>(pictures.size());
        for (int i = 0; i < pictures.size(); i++) {
            seen.add(new Seen(
                    Arrays.copyOfRange(flat, i * row, i * row + FEATURES),
                    Arrays.copyOfRange(flat, i * row + FEATURES, (i + 1) * row)));
        }
        return seen;
    }

    @Override
    public void close() {
        network.close();
    }
}
