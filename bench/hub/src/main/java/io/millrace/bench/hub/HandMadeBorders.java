package io.millrace.bench.hub;

import io.millrace.edge.campaign.CampaignLog;
import io.millrace.edge.command.CommandLog;
import io.millrace.edge.database.Database;
import io.millrace.edge.live.LogRecord;
import io.millrace.edge.task.ReadThrough;
import io.millrace.edge.watch.ProgressHistory;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Stands where Kafka and MySQL stand: the hub is all that is measured, and everything it is asked for is in its memory. */
@Configuration(proxyBeanMethods = false)
class HandMadeBorders {
    private static final class NoDatabase implements Database {
        @Override
        public <T> Mono<T> call(Work<T> work) {
            return Mono.error(new UnsupportedOperationException("no database is measured"));
        }

        @Override
        public <T> Mono<T> transact(Work<T> work) {
            return call(work);
        }

        @Override
        public boolean healthy() {
            return false;
        }
    }

    private static final class NoHistory implements ProgressHistory {
        @Override
        public Mono<List<LogRecord>> read(Range range) {
            return Mono.error(new Unreadable("unavailable", "no log is measured"));
        }

        @Override
        public Mono<Long> end(int partition) {
            return Mono.just(0L);
        }

        @Override
        public Mono<Long> firstSince(int partition, long timeMillis) {
            return Mono.just(0L);
        }
    }

    @Bean
    Database database() {
        return new NoDatabase();
    }

    @Bean
    ProgressHistory progressHistory() {
        return new NoHistory();
    }

    @Bean
    CommandLog commandLog() {
        return command -> Mono.error(new UnsupportedOperationException("no command is measured"));
    }

    @Bean
    CampaignLog campaignLog() {
        return (start, rows) -> Mono.error(new UnsupportedOperationException("no campaign is measured"));
    }

    @Bean
    ReadThrough readThrough() {
        return Mono::empty;
    }

    @Bean
    HealthIndicator logHealthIndicator() {
        return () -> Health.up().build();
    }
}
