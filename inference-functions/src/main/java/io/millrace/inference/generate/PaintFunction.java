package io.millrace.inference.generate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.poster.Phases;
import io.millrace.inference.poster.scene.Pictures;
import java.awt.image.BufferedImage;
import java.util.Map;

/** Phase {@code generate_paint}, once for each picture of the plan. Result: {@code index, url, width, height, media_type, seed, look}. */
public final class PaintFunction implements PhaseFunction {
    private static final double PAINTED = 0.9;

    private final Painters painters;

    public PaintFunction(Painters painters) {
        this.painters = painters;
    }

    @Override
    public String name() {
        return "generate_paint";
    }

    @Override
    public String version() {
        return painters.version();
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        Wish wish = Json.read(input.requireItem(), Wish.class, "item");
        Painter painter = painters.named(input.requireItem().path("model").asText(Painters.PATTERN));
        long began = System.nanoTime();
        BufferedImage picture = painter.paint(wish, context);
        if (picture.getWidth() != wish.width() || picture.getHeight() != wish.height()) {
            throw PhaseFailure.modelError(new IllegalStateException("the model painted " + picture.getWidth() + " x "
                    + picture.getHeight() + " instead of " + wish.width() + " x " + wish.height()));
        }
        context.tick(PAINTED, "writing the file");
        String url = Phases.store(context, Pictures.png(picture));
        context.log(
                "info",
                "picture " + (wish.index() + 1) + " painted with seed " + wish.seed() + " in "
                        + (System.nanoTime() - began) / 1_000_000 + " ms");
        ObjectNode output = Json.object();
        output.put("index", wish.index()).put("url", url).put("media_type", "image/png");
        output.put("width", wish.width()).put("height", wish.height());
        output.put("seed", wish.seed()).put("look", wish.look()).put("description", painter.description());
        return new PhaseOutput(output, Map.of("picture", url, "seed", Long.toString(wish.seed())));
    }

    @Override
    public void close() {
        painters.close();
    }
}
