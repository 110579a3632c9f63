package io.millrace.inference.generate;

import ai.djl.translate.TranslateException;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.model.pattern.PatternModel;
import io.millrace.inference.poster.colour.Rgb;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.List;

/**
 * The painter that ships: the pattern network of the posters, in the colours and the mood of the prompt. It knows nothing of people,
 * things or places, and says so.
 */
final class PatternPainter implements Painter {
    private static final int CANDIDATES = 6;
    private static final int SMALL_SIDE = 144;
    private static final int STRIP_PIXELS = 50_000;

    private final PatternModel model;

    PatternPainter(PatternModel model) {
        this.model = model;
    }

    @Override
    public String version() {
        return model.version();
    }

    @Override
    public String description() {
        return model.version()
                + ": a procedural-neural pattern in the colours and mood of the prompt, TorchScript, DJL."
                + " It draws no people, things or places: it is no text-to-image model";
    }

    @Override
    public BufferedImage paint(Wish wish, PhaseContext context) throws PhaseFailure {
        try {
            float[] colours = colours(wish);
            return painted(wish, chosen(wish, colours, context), colours, context);
        } catch (TranslateException e) {
            throw PhaseFailure.modelError(e);
        }
    }

    private static float[] colours(Wish wish) {
        List<Rgb> ramp = Ramp.of(wish.colors(), PatternModel.COLOURS);
        float[] colours = new float[PatternModel.COLOURS * 3];
        for (int i = 0; i < PatternModel.COLOURS; i++) {
            Rgb colour = ramp.get(i);
            colours[3 * i] = colour.red() / 255f;
            colours[3 * i + 1] = colour.green() / 255f;
            colours[3 * i + 2] = colour.blue() / 255f;
        }
        return colours;
    }

    private static PatternModel.Request request(Wish wish, int width, int height, long seed, float[] colours) {
        PatternModel.Look knobs = Look.named(wish.look()).orElse(Look.PAPER).knobs();
        return new PatternModel.Request(width, height, seed, colours, knobs, (x, y) -> 0);
    }

    /** Of some latent vectors that follow from the seed, the one whose small picture is the liveliest. */
    private long chosen(Wish wish, float[] colours, PhaseContext context) throws TranslateException, PhaseFailure {
        double scale = SMALL_SIDE / (double) Math.min(wish.width(), wish.height());
        int width = (int) Math.max(2, wish.width() * scale);
        int height = (int) Math.max(2, wish.height() * scale);
        int[] pixels = new int[width * height];
        long best = 0;
        double most = -1;
        for (int i = 0; i < CANDIDATES; i++) {
            context.checkWanted();
            long seed = wish.seed() * 1000 + i;
            model.paint(request(wish, width, height, seed, colours), 0, height, pixels);
            double lively = Liveliness.of(pixels, width, height);
            if (lively > most) {
                most = lively;
                best = seed;
            }
            context.tick(0.2 * (i + 1) / CANDIDATES, "sketch " + (i + 1) + " of " + CANDIDATES);
        }
        return best;
    }

    private BufferedImage painted(Wish wish, long seed, float[] colours, PhaseContext context)
            throws TranslateException, PhaseFailure {
        BufferedImage picture = new BufferedImage(wish.width(), wish.height(), BufferedImage.TYPE_INT_RGB);
        int[] pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
        PatternModel.Request request = request(wish, wish.width(), wish.height(), seed, colours);
        int strip = Math.max(8, STRIP_PIXELS / wish.width() / 2 * 2);
        int[] rows = new int[strip * wish.width()];
        for (int y = 0; y < wish.height(); y += strip) {
            context.checkWanted();
            int count = Math.min(strip, wish.height() - y);
            model.paint(request, y, count, rows);
            System.arraycopy(rows, 0, pixels, y * wish.width(), count * wish.width());
            context.tick(0.2 + 0.75 * (y + count) / wish.height(), "strip " + (y + count) + " of " + wish.height());
        }
        return picture;
    }
}
