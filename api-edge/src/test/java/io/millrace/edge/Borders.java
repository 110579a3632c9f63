package io.millrace.edge;

import io.millrace.edge.campaign.CampaignLog;
import io.millrace.edge.command.CommandAnswers;
import io.millrace.edge.command.CommandLog;
import io.millrace.edge.database.Database;
import io.millrace.edge.database.Maria;
import io.millrace.edge.live.LogRecord;
import io.millrace.edge.live.Records;
import io.millrace.edge.problem.Problem;
import io.millrace.edge.task.ReadThrough;
import io.millrace.edge.watch.Hub;
import io.millrace.edge.watch.ProgressHistory;
import io.millrace.schemas.task.ErrorCode;
import io.millrace.schemas.v1.TaskCommand;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import reactor.core.publisher.Mono;

/** Kafka and MySQL by hand: commands go into a list, the log is what a test writes, the database is always down. */
@Configuration(proxyBeanMethods = false)
@Profile("detached")
class Borders {
    /** The command log and the orchestrator's answers. */
    static final class Commands implements CommandLog {
        final List<TaskCommand> written = new CopyOnWriteArrayList<>();
        volatile boolean down;
        volatile java.util.function.Consumer<TaskCommand> orchestrator = command -> {};

        @Override
        public Mono<Void> append(TaskCommand command) {
            return Mono.fromRunnable(() -> {
                if (down) {
                    throw Problem.unavailable("the queue does not take commands", ErrorCode.QUEUE_ERROR);
                }
                written.add(command);
                orchestrator.accept(command);
            });
        }
    }

    /** The progress log. */
    static final class Log implements ProgressHistory {
        private final Hub hub;
        private final CommandAnswers answers;
        final Records records = new Records();
        final List<LogRecord> written = new CopyOnWriteArrayList<>();

        Log(Hub hub, CommandAnswers answers) {
            this.hub = hub;
            this.answers = answers;
            hub.beginAt(Records.PARTITION, 0);
        }

        void write(LogRecord record) {
            written.add(record);
            hub.apply(record);
            if (record.progress().hasAnswer()) {
                answers.arrived(record.progress().getAnswer());
            }
        }

        @Override
        public Mono<List<LogRecord>> read(Range range) {
            return Mono.error(new Unreadable("unavailable", "everything a test asks for is in memory"));
        }

        @Override
        public Mono<Long> end(int partition) {
            return Mono.just((long) written.size());
        }

        @Override
        public Mono<Long> firstSince(int partition, long timeMillis) {
            return Mono.fromSupplier(() -> written.stream()
                    .filter(record -> record.progress().getTimeMs() < timeMillis)
                    .count());
        }
    }

    /** A database that does not answer, until a test needs more. */
    static final class NoDatabase implements Database {
        @Override
        public <T> Mono<T> call(Work<T> work) {
            return Mono.error(Problem.unavailable("the database does not answer", ErrorCode.UNAVAILABLE));
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

    @Bean
    Commands commandLog() {
        return new Commands();
    }

    /** The log of campaigns: keeps what was written. */
    static final class CampaignRows implements CampaignLog {
        final List<TaskCommand> written = java.util.Collections.synchronizedList(new java.util.ArrayList<>());

        @Override
        public Mono<Void> write(TaskCommand start, Path rows) {
            return Mono.fromCallable(() -> {
                        written.add(start);
                        try (InputStream in = Files.newInputStream(rows)) {
                            TaskCommand row = TaskCommand.parseDelimitedFrom(in);
                            while (row != null) {
                                written.add(row);
                                row = TaskCommand.parseDelimitedFrom(in);
                            }
                        }
                        return start;
                    })
                    .then();
        }
    }

    @Bean
    CampaignRows campaignLog() {
        return new CampaignRows();
    }

    @Bean
    Log progressLog(Hub hub, CommandAnswers answers) {
        return new Log(hub, answers);
    }

    @Bean
    Database database(@Value("${test.database:}") String name) {
        return name.isEmpty() ? new NoDatabase() : Maria.shared().open(name);
    }

    @Bean
    HealthIndicator logHealthIndicator() {
        return () -> Health.up().build();
    }

    @Bean
    ReadThrough readThrough() {
        return Mono::empty;
    }
}
