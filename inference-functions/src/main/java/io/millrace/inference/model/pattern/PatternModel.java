package io.millrace.inference.model.pattern;

import ai.djl.ModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.translate.TranslateException;
import io.millrace.inference.model.Deep;
import io.millrace.inference.model.Deep.Tensor;
import io.millrace.inference.registry.Model;
import io.millrace.inference.registry.ModelFault;
import io.millrace.inference.registry.ModelFiles;
import io.millrace.inference.registry.Models;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** Paints patterns strip by strip; the same request gives the same pixels on the same machine. */
public final class PatternModel implements Model {
    /** Colours a pattern is painted with. */
    public static final int COLOURS = PatternModule.COLOURS;

    /** Length of {@link Request#mood}. */
    public static final int MOOD = PatternModule.LATENT;

    private static final int WARM = 32;

    private final String version;
    private final Map<PatternKind, Deep> networks;

    private PatternModel(String version, Map<PatternKind, Deep> networks) {
        this.version = version;
        this.networks = networks;
    }

    /** The one of this process. */
    public static PatternModel of(Models models) throws ModelFault {
        return models.get("pattern", PatternModel.class, PatternModel::load);
    }

    private static PatternModel load(ModelFiles files) throws IOException, ModelException, ModelFault {
        Map<PatternKind, Deep> networks = new EnumMap<>(PatternKind.class);
        for (PatternKind kind : PatternKind.values()) {
            Path network =
                    files.file(kind.label(), file -> PatternModule.create(kind).writeTo(file));
            networks.put(kind, Deep.load("PyTorch", network, files.device()));
        }
        return new PatternModel(files.version(), networks);
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public void warmUp() throws TranslateException {
        for (PatternKind kind : PatternKind.values()) {
            Look look = new Look(1, 0.5, 2, 4, 0.2, 0.2);
            float[] colours = new float[3 * COLOURS];
            paint(
                    new Request(WARM, WARM, 0, colours, look, (x, y) -> 0, kind, new float[MOOD]),
                    0,
                    WARM,
                    new int[WARM * WARM]);
        }
    }

    /**
     * Knobs of the look.
     *
     * @param frequency 0.3 (few large forms) to 2 (many small ones)
     * @param warp 0 (smooth) to 1.2 (winding)
     * @param sharp 1 (colours flow) to 8 (flat colours)
     * @param layers terraces, 1 to 9
     * @param gradient 0 (flat terraces) to 0.6 (each lit from one side)
     * @param shade strength of shadows, 0 to 0.7
     */
    public record Look(double frequency, double warp, double sharp, double layers, double gradient, double shade) {}

    /**
     * What to paint.
     *
     * @param width pixels of the whole picture
     * @param height pixels of the whole picture
     * @param seed latent vector and grain come from it
     * @param colours red, green, blue in 0..1 for each of {@link #COLOURS}, lowest terrace first
     * @param calm where to keep still
     * @param kind which head paints
     * @param mood what the latent vector leans to, e.g. the meaning of a prompt; {@link #MOOD} long
     */
    @SuppressWarnings("ArrayRecordComponent") // is never compared
    public record Request(
            int width, int height, long seed, float[] colours, Look look, Calm calm, PatternKind kind, float[] mood) {
        /** Paper-cut, by seed alone. */
        public Request(int width, int height, long seed, float[] colours, Look look, Calm calm) {
            this(width, height, seed, colours, look, calm, PatternKind.PAPER_CUT, new float[MOOD]);
        }

        /** Side of the squares of {@link PatternKind#GEOMETRIC} in pixels. */
        public int tile() {
            return (int) Math.max(4, Math.round(Math.min(width, height) / (3 + 2.2 * look.frequency())));
        }
    }

    /** How still the pattern is at a point: 0 (free) to 1 (flat). Coordinates in pixels. */
    @FunctionalInterface
    public interface Calm {
        float at(int x, int y);
    }

    /**
     * Paints some rows.
     *
     * @param firstRow even, so that strips sample the same points
     * @param target packed RGB of those rows, {@code rows * width} long
     */
    public void paint(Request request, int firstRow, int rows, int[] target) throws TranslateException {
        int width = request.width();
        int sampled = rows + 1; // slopes look one row ahead: without it each strip would show its seam
        int high = (rows + 1) / 2 + 1;
        int wide = width / 2 + 1;
        float[] points = new float[high * wide * 2];
        float[] calm = new float[high * wide];
        float half = Math.min(width, request.height()) / 2f;
        for (int i = 0; i < calm.length; i++) {
            int x = i % wide * 2;
            int y = firstRow + Math.floorDiv(i, wide) * 2;
            points[2 * i] = (x - width / 2f) / half;
            points[2 * i + 1] = (y - request.height() / 2f) / half;
            calm[i] = request.calm().at(x, y);
        }
        float[] noise = new float[sampled * width];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = grain(i % width, firstRow + Math.floorDiv(i, width), request.seed());
        }
        Deep network = Objects.requireNonNull(networks.get(request.kind()));
        byte[] pixels = network.run(
                NDArray::toByteArray,
                new Tensor(points, (long) high * wide, 2),
                new Tensor(latent(request), 1, PatternModule.LATENT),
                new Tensor(request.colours(), PatternModule.COLOURS, 3),
                knobs(request),
                new Tensor(calm, high, wide),
                new Tensor(noise, sampled, width));
        for (int pixel = 0; pixel < rows * width; pixel++) {
            target[pixel] = (pixels[3 * pixel] & 255) << 16
                    | (pixels[3 * pixel + 1] & 255) << 8
                    | (pixels[3 * pixel + 2] & 255);
        }
    }

    private static Tensor knobs(Request request) {
        Look look = request.look();
        double reach = Math.max(2, Math.min(request.width(), request.height()) * 0.02);
        int shortSide = Math.min(request.width(), request.height());
        double[] values = {
            look.frequency(),
            look.warp(),
            look.sharp(),
            look.layers(),
            look.gradient(),
            look.shade(),
            reach,
            request.kind() == PatternKind.GRAIN ? 0.09 : .012,
            request.height() / (double) shortSide,
            request.width() / (double) shortSide,
            2.0 * request.tile() / shortSide
        };
        float[] knobs = new float[PatternModule.KNOBS];
        for (int i = 0; i < knobs.length; i++) {
            knobs[i] = (float) values[i];
        }
        return new Tensor(knobs, 1, PatternModule.KNOBS);
    }

    /** Gaussian by Box and Muller: SplittableRandom has no nextGaussian before Java 17's generators, and its stream is fixed. */
    private static float[] latent(Request request) {
        SplittableRandom random = new SplittableRandom(request.seed());
        float[] values = new float[PatternModule.LATENT];
        for (int i = 0; i < values.length; i++) {
            double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
            double chance = radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
            values[i] = (float) chance + request.mood()[i];
        }
        return values;
    }

    /** White noise of a point in -0.5..0.5. */
    private static float grain(int x, int y, long seed) {
        long h = seed + x * 0x9E3779B97F4A7C15L + y * 0xC2B2AE3D27D4EB4FL;
        h = (h ^ (h >>> 32)) * 0xD6E8FEB86659FD93L;
        h ^= h >>> 32;
        return (h & 0xFFFF) / 65536f - .5f;
    }

    @Override
    public void close() {
        networks.values().forEach(Deep::close);
    }
}
