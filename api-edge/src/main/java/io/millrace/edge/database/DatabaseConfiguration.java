package io.millrace.edge.database;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Wires the edge to MySQL. The profile {@code detached} leaves it out: tests put their own in its place. */
@Configuration(proxyBeanMethods = false)
@Profile("!detached")
class DatabaseConfiguration {
    @Bean
    PooledDatabase database(DatabaseSettings settings) {
        return new PooledDatabase(settings);
    }

    /** Shown, and never down: without a database live tasks are still served. */
    @Bean
    HealthIndicator databaseHealthIndicator(Database database) {
        return () -> Health.up().withDetail("reachable", database.healthy()).build();
    }
}
