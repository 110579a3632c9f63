package io.millrace.edge.watch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.edge.live.EstimateOutcome;
import java.time.Duration;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * How good the first estimate of a waiting task was: {@code millrace.edge.estimate.error} (time between the estimated median and the
 * start; tag {@code late} says on which side) and {@code millrace.edge.estimate.outcomes} (tag {@code within} is {@code p90} or
 * {@code beyond}: nine of ten should be within).
 */
@Component
final class EstimateMeters implements Consumer<EstimateOutcome> {
    private final MeterRegistry registry;

    EstimateMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void accept(EstimateOutcome outcome) {
        Timer.builder("millrace.edge.estimate.error")
                .description("how far the start of a task was from the median it was promised first")
                .tag("lane", outcome.lane())
                .tag("late", String.valueOf(outcome.errorMillis() > 0))
                .publishPercentiles(0.5, 0.9)
                .register(registry)
                .record(Duration.ofMillis(Math.abs(outcome.errorMillis())));
        Counter.builder("millrace.edge.estimate.outcomes")
                .description("starts within and beyond the ninth decile that was promised first")
                .tag("lane", outcome.lane())
                .tag("within", outcome.withinP90() ? "p90" : "beyond")
                .register(registry)
                .increment();
    }
}
