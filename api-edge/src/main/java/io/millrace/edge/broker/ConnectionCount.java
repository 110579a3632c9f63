package io.millrace.edge.broker;

import org.apache.kafka.clients.consumer.Consumer;

/** Whether a client has a broker at all: a poll of an absent broker looks like a poll of a quiet one. */
final class ConnectionCount {
    private ConnectionCount() {}

    static double of(Consumer<?, ?> consumer) {
        return consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("connection-count"))
                .map(metric -> metric.metricValue())
                .filter(Double.class::isInstance)
                .mapToDouble(Double.class::cast)
                .sum();
    }
}
