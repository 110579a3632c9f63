package io.millrace.edge.database;

import io.millrace.edge.problem.Problem;
import io.millrace.schemas.task.ErrorCode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Runs work on a few threads. No caller waits longer than a stated time, for a thread and for the database together: one that is frozen
 * answers nothing, not even with a failure. After a failed contact calls fail at once for a moment instead of waiting one by one.
 */
final class Contact {
    private static final Logger LOG = LoggerFactory.getLogger(Contact.class);
    private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(2);
    private static final int MAX_WAITING = 2_000;
    /** Illegal mix of collations, invalid character string, incorrect string value, too long, cannot convert (MySQL and MariaDB). */
    private static final Set<Integer> BAD_TEXT = Set.of(1267, 1300, 1366, 1406, 3854, 3988);

    /** Deadlock, and a lock that was not had in time: the transaction was rolled back, and may pass when it is run again. */
    private static final Set<Integer> LOCKED = Set.of(1213, 1205);
    /** Check violated (MySQL, MariaDB), invalid JSON, row too big, wrong value. */
    private static final Set<Integer> BAD_ROW = Set.of(3819, 4025, 3140, 3141, 1118, 1411);

    private static final int MAX_TRIES = 4;
    private static final int PAUSE_MILLIS = 20;

    private final BooleanSupplier ready;
    private final JdbcClient client;
    private final TransactionTemplate transactions;
    private final Scheduler scheduler;
    private final AtomicLong restUntilNanos = new AtomicLong(System.nanoTime());
    private final AtomicLong lastAnswerNanos = new AtomicLong(System.nanoTime());

    /**
     * @param querySeconds for one statement; a transaction may take twice as long
     * @param ready whether the database may be asked at all
     */
    Contact(DataSource source, int threads, int querySeconds, BooleanSupplier ready) {
        JdbcTemplate template = new JdbcTemplate(source);
        template.setQueryTimeout(querySeconds);
        this.client = JdbcClient.create(template);
        this.transactions = new TransactionTemplate(new DataSourceTransactionManager(source));
        transactions.setTimeout(2 * querySeconds);
        this.ready = ready;
        this.scheduler = Schedulers.newBoundedElastic(threads, MAX_WAITING, "database", 60, true);
    }

    /** @param patience how long the caller waits */
    <T> Mono<T> call(Duration patience, Database.Work<T> work) {
        return Mono.defer(() -> {
                    long begun = System.nanoTime();
                    return healthy()
                            ? Mono.fromCallable(() -> run(work))
                                    .subscribeOn(scheduler)
                                    .timeout(patience)
                                    .onErrorMap(TimeoutException.class, failure -> late(begun))
                            : Mono.error(unavailable());
                })
                .onErrorMap(
                        failure -> failure instanceof DataAccessException
                                && !(failure instanceof EmptyResultDataAccessException),
                        this::failed)
                .onErrorMap(TransactionException.class, this::failed)
                .onErrorMap(RejectedExecutionException.class, failure -> unavailable());
    }

    <T> Mono<T> transact(Duration patience, Database.Work<T> work) {
        return call(patience, sql -> repeated(() -> transactions.execute(status -> work.run(sql))));
    }

    /** Runs a transaction again, a few times and with growing pauses, when another held its locks. */
    private static <T> T repeated(Supplier<T> transaction) {
        for (int tries = 1; ; tries++) {
            try {
                return transaction.get();
            } catch (DataAccessException failure) {
                if (tries == MAX_TRIES || !errorIn(failure, LOCKED)) {
                    throw failure;
                }
                LockSupport.parkNanos(Duration.ofMillis(ThreadLocalRandom.current()
                                .nextLong((long) PAUSE_MILLIS * tries, 2L * PAUSE_MILLIS * tries))
                        .toNanos());
            }
        }
    }

    private <T> T run(Database.Work<T> work) {
        if (!healthy()) {
            // It was when this began to wait for a thread.
            throw unavailable();
        }
        T result = work.run(client);
        lastAnswerNanos.set(System.nanoTime());
        return result;
    }

    /** One slow piece of work beside others that went well says nothing about the next. */
    private Problem late(long begunNanos) {
        if (lastAnswerNanos.get() - begunNanos < 0) {
            restUntilNanos.set(System.nanoTime() + REST_AFTER_FAILURE.toNanos());
        }
        LOG.warn("event=database_failed error=\"no answer in time\"");
        return unavailable();
    }

    private Problem failed(Throwable failure) {
        if (errorIn(failure, BAD_TEXT)) {
            // Nothing is wrong with the database: whoever sent this must not make it rest for everybody.
            return Problem.invalid("", "holds characters that cannot stand there", "Send an id or key as you got it.");
        }
        if (errorIn(failure, BAD_ROW) || failure instanceof DataIntegrityViolationException) {
            LOG.warn("event=row_refused error={}", rootMessage(failure));
            return Problem.invalid("", "holds what cannot be stored", "Send shorter and flatter values.");
        }
        if (isLost(failure)) {
            // One slow or unlucky statement says nothing about the next; a lost connection does.
            restUntilNanos.set(System.nanoTime() + REST_AFTER_FAILURE.toNanos());
        }
        LOG.warn("event=database_failed error={}", rootMessage(failure));
        return unavailable();
    }

    private static boolean errorIn(Throwable failure, Set<Integer> codes) {
        return sqlErrors(failure).anyMatch(error -> codes.contains(error.getErrorCode()));
    }

    /** Whether there was no connection, or none any more. */
    private static boolean isLost(Throwable failure) {
        return failure instanceof DataAccessResourceFailureException
                || failure instanceof TransactionException
                || sqlErrors(failure)
                        .map(SQLException::getSQLState)
                        .anyMatch(state -> state != null && state.startsWith("08"));
    }

    private static Stream<SQLException> sqlErrors(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast);
    }

    private static Problem unavailable() {
        return Problem.unavailable("the database does not answer at the moment", ErrorCode.UNAVAILABLE);
    }

    static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage());
        return message.lines().findFirst().orElse(root.getClass().getSimpleName());
    }

    /** Whether the last contact went well. */
    boolean healthy() {
        return ready.getAsBoolean() && System.nanoTime() - restUntilNanos.get() >= 0;
    }

    void close() {
        scheduler.dispose();
    }
}
