package io.millrace.inference.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.function.PhaseInput;
import io.millrace.inference.function.PhaseOutput;
import io.millrace.inference.poster.Phases;
import io.millrace.inference.poster.scene.Pictures;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.Map;

/**
 * Phase {@code train_publish}. Reads {@code preparing, training}; parameter {@code name}. Result: {@code model} (what {@code classify} and
 * {@code tag} take), {@code name, labels[], counts {}, validation {}, history[], images[{kind: curve}], model_info}.
 */
public final class PublishFunction implements PhaseFunction {
    private static final int MAX_NAME = 60;

    private final Font font;

    /** @param font of the curve's words */
    public PublishFunction(Font font) {
        this.font = font;
    }

    @Override
    public String name() {
        return "train_publish";
    }

    @Override
    public String version() {
        return "train-publish/1";
    }

    @Override
    public PhaseOutput compute(PhaseInput input, PhaseContext context) throws PhaseFailure {
        JsonNode prepared = input.require("preparing");
        JsonNode trained = input.require("training");
        String name = input.params().path("name").asText("classifier").strip();
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw PhaseFailure.badInput("name", "must be a text of 1 to " + MAX_NAME + " characters");
        }
        // The title stands in a font whose subset may lack the caller's characters.
        String title = font.canDisplayUpTo(name) < 0 ? name : "classifier";
        BufferedImage curve = new Curve(trained.path("history")).painted(title, font);
        String url = Phases.store(context, Pictures.png(curve));
        ObjectNode output = Json.object();
        output.set("model", trained.path("model"));
        output.put("name", name);
        for (String field : new String[] {"labels", "counts"}) {
            output.set(field, prepared.path(field));
        }
        for (String field : new String[] {"validation", "history", "epochs", "resumed_from", "lesson"}) {
            output.set(field, trained.path(field));
        }
        output.put("url", url).put("preview", url);
        output.putArray("images")
                .addObject()
                .put("kind", "curve")
                .put("url", url)
                .put("artifact", url)
                .put("width", curve.getWidth())
                .put("height", curve.getHeight())
                .put("media_type", "image/png");
        output.putObject("model_info")
                .put("features", trained.path("features").asText() + ", frozen")
                .put("head", "two layers, trained with Adam on DJL arrays")
                .put("limits", "knows only its own labels; pictures unlike the samples get one of them all the same");
        String accuracy = trained.path("validation").path("count").asInt() == 0
                ? "not tested"
                : trained.path("validation").path("accuracy").asText();
        return new PhaseOutput(
                output,
                Map.of(
                        "model", trained.path("model").asText(),
                        "accuracy", accuracy,
                        "labels", Integer.toString(prepared.path("labels").size())));
    }
}
