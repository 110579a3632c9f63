package io.millrace.bench.instant;

import io.millrace.artifacts.ArtifactStores;
import io.millrace.inference.InferenceConfig;
import io.millrace.inference.load.FunctionState;
import io.millrace.inference.measure.Measures;
import io.millrace.inference.serve.FunctionServer;
import io.millrace.schemas.artifact.ArtifactRef;
import io.millrace.schemas.workflow.Definitions;
import io.millrace.schemas.workflow.FunctionEndpoint;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/** The process in place of the inference room. Settings as there, and {@code MILLRACE_INSTANT_DELAY_MS}. Not part of the product. */
public final class InstantInference implements AutoCloseable {
    private static final String VERSION = "instant: stored results, no model";

    private final FunctionServer server;
    private final LongAdder calls = new LongAdder();
    private final LongAdder items = new LongAdder();

    /** Begins to serve every function without an address of its own. */
    InstantInference(InferenceConfig config, Definitions definitions, Duration delay) throws IOException {
        ArtifactRef picture = ArtifactStores.at(config.artifacts()).put(picture());
        Set<String> names = definitions.functions().stream()
                .filter(function -> function.url() == null)
                .map(FunctionEndpoint::name)
                .collect(Collectors.toSet());
        List<FunctionState> states = names.stream()
                .map(name -> new FunctionState(name, FunctionState.Status.READY, VERSION))
                .toList();
        Measures measures = new Measures();
        measures.gauge("inference.instant.calls", calls::sum);
        measures.gauge("inference.instant.items", items::sum);
        InstantAnswers answers =
                new InstantAnswers(names, picture.toString().substring("sha256:".length()), delay, this::answered);
        server = new FunctionServer(
                config.host(),
                config.port(),
                config.token(),
                new FunctionServer.Served(names, () -> states, List::of, answers),
                measures);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, String> environment = System.getenv();
        String folder = environment.getOrDefault("MILLRACE_DEFINITIONS", "");
        InstantInference inference = new InstantInference(
                InferenceConfig.from(environment),
                folder.isBlank() ? Definitions.shipped() : Definitions.shippedAnd(Path.of(folder)),
                Duration.ofMillis(Long.parseLong(environment.getOrDefault("MILLRACE_INSTANT_DELAY_MS", "0"))));
        System.out.println("event=listening inference=instant port=" + inference.port());
        new CountDownLatch(1).await();
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }

    private void answered(int number) {
        calls.increment();
        items.add(number);
    }

    /** A small gradient: links in answers lead somewhere. */
    private static byte[] picture() throws IOException {
        BufferedImage picture = new BufferedImage(96, 160, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        for (int y = 0; y < picture.getHeight(); y++) {
            graphics.setColor(Color.getHSBColor(0.58f, 0.5f, 0.4f + 0.5f * y / picture.getHeight()));
            graphics.fillRect(0, y, picture.getWidth(), 1);
        }
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", bytes);
        return bytes.toByteArray();
    }
}
