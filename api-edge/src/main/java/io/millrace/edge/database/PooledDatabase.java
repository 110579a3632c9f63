package io.millrace.edge.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;

/**
 * A pool that may begin its life without a database: migrations run in the background until they succeed. How calls fail while it does
 * not answer is for {@link Contact} to say.
 */
final class PooledDatabase implements Database, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(PooledDatabase.class);
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final int QUERY_SECONDS = 3;
    /** A connection and one statement. */
    private static final Duration CALL = CONNECT.plusSeconds(QUERY_SECONDS);
    /** A connection and a transaction, which ends by itself before. */
    private static final Duration TRANSACTION = CONNECT.plusSeconds(2 * QUERY_SECONDS);

    private final HikariDataSource pool;
    private final Contact contact;
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
        this.contact = new Contact(pool, settings.connections(), QUERY_SECONDS, () -> migrated);
    }

    @Override
    public <T> Mono<T> call(Work<T> work) {
        return contact.call(CALL, work);
    }

    @Override
    public <T> Mono<T> transact(Work<T> work) {
        return contact.transact(TRANSACTION, work);
    }

    @Override
    public boolean healthy() {
        return contact.healthy();
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
                LOG.warn("event=database_not_ready error={}", Contact.rootMessage(e));
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
        contact.close();
        pool.close();
    }

    @Override
    public boolean isRunning() {
        return !pool.isClosed() && migration.getState() != Thread.State.NEW;
    }
}
