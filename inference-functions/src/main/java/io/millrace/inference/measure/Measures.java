package io.millrace.inference.measure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Counters, timers and gauges of the room. Names on the page: {@code inference_batches_total{function}},
 * {@code inference_items_total{function,outcome}}, {@code model_calls_total{function}}, {@code inference_queue_seconds{function}},
 * {@code inference_compute_seconds{function}}, {@code inference_batch_items{function}}, {@code inference_items_in_flight},
 * {@code inference_ticks_dropped_total}, {@code process_resident_memory_bytes}, {@code jvm_memory_used_bytes}.
 */
public final class Measures {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Counter ticksDropped = registry.counter("inference.ticks.dropped");

    public Measures() {
        new JvmMemoryMetrics().bindTo(registry);
        Gauge.builder("process.resident.memory", ResidentMemory::bytes)
                .baseUnit("bytes")
                .register(registry);
    }

    public void batch(String function) {
        registry.counter("inference.batches", "function", function).increment();
    }

    /**
     * An item was answered.
     *
     * @param outcome {@code computed}, {@code reused} or the name of an error code
     */
    public void item(String function, String outcome) {
        registry.counter("inference.items", "function", function, "outcome", outcome)
                .increment();
    }

    /** One call of the model and the items it got; a result that was reused does not count. */
    public void modelCalls(String function, int items) {
        registry.counter("model.calls", "function", function).increment(items);
        DistributionSummary.builder("inference.batch.items")
                .tag("function", function)
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64)
                .register(registry)
                .record(items);
    }

    /** From arrival to the model. */
    public void queued(String function, Duration time) {
        timer("inference.queue", function).record(time);
    }

    /** One call of the model, whatever the number of its items. */
    public void computed(String function, Duration time) {
        timer("inference.compute", function).record(time);
    }

    public void tickDropped() {
        ticksDropped.increment();
    }

    public void gauge(String name, Supplier<Number> value) {
        Gauge.builder(name, value).register(registry);
    }

    /** The page in the Prometheus text format 0.0.4. */
    public String page() {
        return registry.scrape();
    }

    private Timer timer(String name, String function) {
        return Timer.builder(name)
                .tag("function", function)
                .serviceLevelObjectives(
                        Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(10))
                .register(registry);
    }
}
