package io.millrace.edge.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.millrace.edge.problem.Problem;
import io.millrace.schemas.task.ErrorCode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A pool that may begin its life without a database: migrations run in the background until they succeed, and after a failed contact
 * calls fail at once for a moment instead of waiting one by one.
 */
final class PooledDatabase implements Database, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(PooledDatabase.class);
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(2);
    private static final int QUERY_SECONDS = 3;
    private static final int MAX_WAITING = 2_000;
    /** Illegal mix of collations, invalid character string, incorrect string value, too long, cannot convert (MySQL and MariaDB). */
    private static final Set<Integer> BAD_TEXT = Set.of(1267, 1300, 1366, 1406, 3854, 3988);

    private final HikariDataSource pool;
    private final JdbcClient client;
    private final TransactionTemplate transactions;
    private final Scheduler scheduler;
    private final AtomicLong restUntilNanos = new AtomicLong(System.nanoTime());
    private volatile boolean migrated;
    private volatile Thread migration = new Thread(this::migrate, "database-migration");

    PooledDatabase(DatabaseSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("edge");
        config.setJdbcUrl(settings.mysqlUrl());
        config.setUsername(settings.mysqlUser());
        config.setPassword(settings.mysqlPassword());
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT.toMillis());
        config.setValidationTimeout(CONNECT.toMillis() / 2);
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("connectTimeout", String.valueOf(CONNECT.toMillis()));
        config.addDataSourceProperty("socketTimeout", "20000");
        this.pool = new HikariDataSource(config);
        JdbcTemplate template = new JdbcTemplate(pool);
        template.setQueryTimeout(QUERY_SECONDS);
        this.client = JdbcClient.create(template);
        this.transactions = new TransactionTemplate(new DataSourceTransactionManager(pool));
        transactions.setTimeout(2 * QUERY_SECONDS);
        this.scheduler = Schedulers.newBoundedElastic(settings.connections(), MAX_WAITING, "database", 60, true);
    }

    @Override
    public <T> Mono<T> call(Work<T> work) {
        return Mono.defer(() -> {
                    if (!healthy()) {
                        return Mono.error(unavailable());
                    }
                    return Mono.fromCallable(() -> work.run(client)).subscribeOn(scheduler);
                })
                .onErrorMap(
                        failure -> failure instanceof DataAccessException
                                && !(failure instanceof EmptyResultDataAccessException),
                        this::failed)
                .onErrorMap(TransactionException.class, this::failed)
                .onErrorMap(java.util.concurrent.RejectedExecutionException.class, failure -> unavailable());
    }

    @Override
    public <T> Mono<T> transact(Work<T> work) {
        return call(sql -> transactions.execute(status -> work.run(sql)));
    }

    private Problem failed(Throwable failure) {
        if (isBadText(failure)) {
            // Nothing is wrong with the database: whoever sent this must not make it rest for everybody.
            return Problem.invalid("", "holds characters that cannot stand there", "Send an id or key as you got it.");
        }
        if (!(failure instanceof QueryTimeoutException)) {
            // One slow query says nothing about the next.
            restUntilNanos.set(System.nanoTime() + REST_AFTER_FAILURE.toNanos());
        }
        LOG.warn("event=database_failed error={}", rootMessage(failure));
        return unavailable();
    }

    /** A text in a character set or form that its column cannot hold or be compared with. */
    private static boolean isBadText(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && BAD_TEXT.contains(sql.getErrorCode())) {
                return true;
            }
        }
        return false;
    }

    private static Problem unavailable() {
        return Problem.unavailable("the database does not answer at the moment", ErrorCode.UNAVAILABLE);
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage());
        return message.lines().findFirst().orElse(root.getClass().getSimpleName());
    }

    @Override
    public boolean healthy() {
        return migrated && System.nanoTime() - restUntilNanos.get() >= 0;
    }

    private void migrate() {
        long pauseMillis = 250;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Flyway.configure()
                        .dataSource(pool)
                        .locations("classpath:db/migration")
                        .load()
                        .migrate();
                migrated = true;
                LOG.info("event=database_ready");
                return;
            } catch (RuntimeException e) {
                LOG.warn("event=database_not_ready error={}", rootMessage(e));
            }
            try {
                Thread.sleep(ThreadLocalRandom.current().nextLong(pauseMillis, 2 * pauseMillis));
            } catch (InterruptedException e) {
                return;
            }
            pauseMillis = Math.min(2 * pauseMillis, 1_000);
        }
    }

    @Override
    public void start() {
        Thread thread = new Thread(this::migrate, "database-migration");
        thread.setDaemon(true);
        migration = thread;
        thread.start();
    }

    @Override
    public void stop() {
        migration.interrupt();
        scheduler.dispose();
        pool.close();
    }

    @Override
    public boolean isRunning() {
        return !pool.isClosed() && migration.getState() != Thread.State.NEW;
    }
}
