package io.millrace.edge.broker;

import io.millrace.edge.watch.Hub;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up once the live view has caught up with the logs, and while a broker is there. */
final class LogHealth implements HealthIndicator {
    private final Logs logs;
    private final Hub hub;

    LogHealth(Logs logs, Hub hub) {
        this.logs = logs;
        this.hub = hub;
    }

    @Override
    public Health health() {
        Health.Builder health = logs.ready() ? Health.up() : Health.outOfService();
        return health.withDetails(logs.state())
                .withDetail("tasks", hub.taskCount())
                .withDetail("subscribers", hub.subscriberCount())
                .build();
    }
}
