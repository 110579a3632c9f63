package io.millrace.inference;

import io.millrace.inference.accept.KafkaCommandSink;
import io.millrace.inference.cancel.CancellationFeed;
import io.millrace.inference.cancel.Cancellations;
import io.millrace.inference.cancel.KafkaCancellations;
import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.measure.Measures;
import io.millrace.inference.tick.KafkaProgressSink;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import org.apache.logging.log4j.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process of the inference room. Exit code 0 after SIGTERM or SIGINT, 1 when it could not start. */
public final class InferenceMain {
    private static final Logger LOG = LoggerFactory.getLogger(InferenceMain.class);
    private static final int MAX_CANCELLED_TASKS = 100_000;
    /** With the last words of the server and the sink the process ends within 10 s. */
    private static final Duration DRAIN = Duration.ofSeconds(7);

    private final Cancellations cancellations = new Cancellations(MAX_CANCELLED_TASKS);
    private final Measures measures = new Measures();
    private final KafkaProgressSink sink;
    private final KafkaCommandSink commands;
    private final CancellationFeed feed;
    private final InferenceRoom room;

    private InferenceMain(InferenceConfig config) throws IOException {
        sink = new KafkaProgressSink(KafkaProgressSink.producers(config.kafka()), measures::tickDropped);
        commands = new KafkaCommandSink(KafkaCommandSink.producers(config.kafka()));
        feed = new CancellationFeed(
                KafkaCancellations.consumers(config.kafka()), cancellations, InstantSource.system());
        List<FunctionFactory> factories = ServiceLoader.load(FunctionFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        measures.gauge("inference.cancellations.followed", () -> feed.following() ? 1 : 0);
        measures.gauge("inference.cancelled.tasks", cancellations::size);
        room = new InferenceRoom(config, factories, cancellations, sink, commands, measures);
        feed.start();
    }

    public static void main(String[] arguments) throws InterruptedException {
        try {
            InferenceMain main = new InferenceMain(InferenceConfig.from(System.getenv()));
            Runtime.getRuntime().addShutdownHook(new Thread(main::end, "inference-end"));
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            LOG.error("event=not-started error=\"{}\"", e.getMessage());
            LogManager.shutdown();
            System.exit(1);
        }
        // All threads are daemons; the process lives until a signal ends it.
        new CountDownLatch(1).await();
    }

    // Without halt the JVM would report the signal as exit code 143; a drained end is a good one.
    private void end() {
        LOG.info("event=draining");
        try {
            room.drain(DRAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        room.close();
        feed.close();
        sink.close();
        commands.close();
        LOG.info("event=ended");
        LogManager.shutdown();
        Runtime.getRuntime().halt(0);
    }
}
