package io.millrace.inference.model.vision;

import ai.djl.ModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.translate.TranslateException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.inference.model.Deep;
import io.millrace.inference.model.Deep.Tensor;
import io.millrace.inference.registry.Model;
import io.millrace.inference.registry.ModelFault;
import io.millrace.inference.registry.ModelFiles;
import io.millrace.inference.registry.Models;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * MobileNetV2 (Sandler et al. 2018) at 224 x 224 as nsfwjs ships it: the convolutions were trained on ImageNet and left as they were, the
 * last three layers on five ratings. One instance serves all threads.
 */
public final class VisionModel implements Model {
    /** Length of {@link Seen#features}. */
    public static final int FEATURES = 1280;

    /** What the ratings stand for, in their order. */
    public static final List<String> RATINGS = List.of("drawing", "hentai", "neutral", "porn", "sexy");

    private static final int SIDE = 224;

    private final String version;
    private final Deep network;

    private VisionModel(String version, Deep network) {
        this.version = version;
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

    /** The one of this process. */
    public static VisionModel of(Models models) throws ModelFault {
        return models.get("mobilenet-v2", VisionModel.class, VisionModel::load);
    }

    private static VisionModel load(ModelFiles files) throws IOException, ModelException, ModelFault {
        Path network = files.file(
                "network",
                file -> KerasModule.of(
                                new ObjectMapper().readTree(files.file("graph").toFile()),
                                Files.readAllBytes(files.file("weights")),
                                "flatten_1")
                        .writeTo(file));
        return new VisionModel(files.version(), Deep.load("PyTorch", network, files.device()));
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public void warmUp() throws TranslateException {
        see(List.of(new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB)));
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
