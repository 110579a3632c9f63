package io.millrace.inference;

import io.millrace.artifacts.ArtifactStores;
import io.millrace.inference.accept.CommandSink;
import io.millrace.inference.accept.LongRuns;
import io.millrace.inference.cancel.Cancellations;
import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.load.FunctionRegistry;
import io.millrace.inference.measure.Measures;
import io.millrace.inference.registry.Models;
import io.millrace.inference.run.BatchRunner;
import io.millrace.inference.run.RunSettings;
import io.millrace.inference.run.Surroundings;
import io.millrace.inference.serve.FunctionServer;
import io.millrace.inference.store.ResultStore;
import io.millrace.inference.tick.ProgressSink;
import io.millrace.inference.tick.TickSender;
import io.millrace.schemas.artifact.ArtifactStore;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The room without Kafka: models, workers, result store and endpoint. */
final class InferenceRoom implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InferenceRoom.class);
    private static final Duration LOAD_WAIT = Duration.ofSeconds(20);
    private static final Duration LAST_STEP = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofHours(1);

    private final FunctionRegistry functions;
    private final Models models;
    private final TickSender ticks;
    private final LongRuns longRuns;
    private final BatchRunner runner;
    private final FunctionServer server;
    private final ScheduledExecutorService housekeeping;

    /** Binds the port, then loads the models in the background. */
    InferenceRoom(
            InferenceConfig config,
            List<FunctionFactory> factories,
            Cancellations cancellations,
            ProgressSink sink,
            CommandSink commands,
            Measures measures)
            throws IOException {
        InstantSource clock = InstantSource.system();
        models = Models.open(config.models(), config.device());
        functions = new FunctionRegistry(factories);
        ArtifactStore artifacts = ArtifactStores.at(config.artifacts());
        ResultStore results = new ResultStore(config.results(), artifacts, clock);
        ticks = new TickSender(sink, clock, measures::tickDropped);
        longRuns = new LongRuns(
                config.longRuns(), new LongRuns.Backing(artifacts, results, cancellations, ticks), commands, clock);
        measures.gauge("inference.long.runs", longRuns::size);
        runner = new BatchRunner(
                new RunSettings(config.workers(), config.capacity(), LOAD_WAIT),
                functions,
                new Surroundings(artifacts, results, cancellations, ticks, measures, clock, longRuns));
        server = new FunctionServer(
                config.host(),
                config.port(),
                config.token(),
                new FunctionServer.Served(functions.names(), functions::states, models::states, runner),
                measures);
        // Two threads: leases must be renewed while a sweep takes its time.
        housekeeping = Executors.newScheduledThreadPool(2, work -> {
            Thread thread = new Thread(work, "inference-housekeeping");
            thread.setDaemon(true);
            return thread;
        });
        keepHouse(results);
        functions.loadAll(models);
        LOG.info(
                "event=listening url=http://{}:{}/functions functions={}",
                config.host(),
                server.port(),
                functions.names());
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void keepHouse(ResultStore results) {
        long renew = ResultStore.RENEW_EVERY.toMillis();
        housekeeping.scheduleWithFixedDelay(results::renewLeases, renew, renew, TimeUnit.MILLISECONDS);
        housekeeping.scheduleWithFixedDelay(results::sweep, 1, SWEEP.toMinutes(), TimeUnit.MINUTES);
    }

    int port() {
        return server.port();
    }

    /**
     * Takes nothing new, waits for what runs, and answers what is left EXPIRED.
     *
     * @param patience for what runs
     */
    void drain(Duration patience) throws InterruptedException {
        server.drain();
        runner.drain();
        runner.finish(patience);
    }

    @Override
    public void close() {
        boolean quiet = runner.end(LAST_STEP);
        longRuns.close();
        server.close();
        ticks.close();
        housekeeping.shutdownNow();
        // To close a native model under a thread that still uses it would crash the process.
        if (quiet && longRuns.size() == 0) {
            functions.close();
            models.close();
        }
    }
}
