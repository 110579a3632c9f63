package io.millrace.edge.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.edge.problem.Problem;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.datasource.AbstractDataSource;

class ContactTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(2);

    /** Takes a connection and says nothing more, as a server that was stopped with SIGSTOP; interrupts do not reach it either. */
    private static final class Frozen extends AbstractDataSource {
        final CountDownLatch thaw = new CountDownLatch(1);
        final AtomicInteger asked = new AtomicInteger();

        @Override
        public Connection getConnection() throws SQLException {
            asked.incrementAndGet();
            pass(thaw);
            throw new SQLTransientConnectionException("it was frozen");
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }
    }

    /** Connections that do nothing. */
    private static final class Passing extends AbstractDataSource {
        @Override
        public Connection getConnection() {
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> method.getReturnType() == boolean.class ? false : null);
        }

        @Override
        public Connection getConnection(String user, String password) {
            return getConnection();
        }
    }

    private final Frozen frozen = new Frozen();
    private final Contact contact = new Contact(frozen, 2, 3, () -> true);

    @AfterEach
    void close() {
        frozen.thaw.countDown();
        contact.close();
    }

    @Test
    void callersOfAFrozenDatabaseAreToldInTimeAndThoseBehindThemNeverAskIt() {
        List<CompletableFuture<Integer>> calls = Stream.generate(
                        () -> contact.call(SHORT, ContactTest::one).toFuture())
                .limit(20)
                .toList();

        calls.forEach(ContactTest::assertUnavailable);
        assertThat(contact.healthy()).isFalse();
        assertUnavailable(contact.call(LONG, ContactTest::one).toFuture());
        frozen.thaw.countDown();
        await().atMost(LONG).until(contact::healthy);
        assertUnavailable(contact.call(LONG, ContactTest::one).toFuture());
        assertThat(frozen.asked).as("one for each thread, and the last").hasValueLessThanOrEqualTo(3);
    }

    @Test
    void workWhoseTurnComesWhileTheDatabaseRestsIsNotDone() {
        Contact narrow = new Contact(frozen, 1, 3, () -> true);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch fail = new CountDownLatch(1);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Object> first = narrow.call(LONG, sql -> {
                    begun.countDown();
                    pass(fail);
                    throw new DataAccessResourceFailureException("gone");
                })
                .toFuture();
        pass(begun);
        CompletableFuture<Boolean> second =
                narrow.call(LONG, sql -> done.compareAndSet(false, true)).toFuture();
        fail.countDown();

        assertUnavailable(first);
        assertUnavailable(second);
        assertThat(done).isFalse();
        narrow.close();
    }

    /** MariaDB's answers to a row that violates a check, and to the loser of a deadlock. */
    @ParameterizedTest
    @CsvSource({"23000, 4025, cannot be stored", "40001, 1213, does not answer"})
    void whatIsWrongWithOneStatementDoesNotMakeTheDatabaseRest(String state, int code, String said) {
        CompletableFuture<Object> refused = contact.call(LONG, sql -> {
                    throw new UncategorizedSQLException("insert", "INSERT", new SQLException("no", state, code));
                })
                .toFuture();

        assertThat(refused)
                .failsWithin(LONG)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(Problem.class)
                .withMessageContaining(said);
        assertThat(contact.healthy()).isTrue();
    }

    @Test
    void theLoserOfADeadlockIsRunAgain() {
        AtomicInteger runs = new AtomicInteger();
        CompletableFuture<Integer> done = new Contact(new Passing(), 1, 3, () -> true)
                .transact(LONG, sql -> {
                    if (runs.incrementAndGet() < 3) {
                        throw new UncategorizedSQLException("lock", "UPDATE", new SQLException("no", "40001", 1213));
                    }
                    return 7;
                })
                .toFuture();

        assertThat(done).succeedsWithin(LONG).isEqualTo(7);
        assertThat(runs).hasValue(3);
    }

    @Test
    void slowWorkBesideOthersThatGoWellDoesNotMakeTheDatabaseRest() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Boolean> slow = contact.call(SHORT, sql -> {
                    begun.countDown();
                    return pass(end);
                })
                .toFuture();
        pass(begun);
        assertThat(contact.call(LONG, sql -> 1).toFuture()).succeedsWithin(LONG);

        assertUnavailable(slow);
        assertThat(contact.healthy()).isTrue();
        end.countDown();
    }

    private static Integer one(org.springframework.jdbc.core.simple.JdbcClient sql) {
        return sql.sql("SELECT 1").query(Integer.class).single();
    }

    private static void assertUnavailable(CompletableFuture<?> call) {
        assertThat(call)
                .failsWithin(LONG)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(Problem.class)
                .withMessageContaining("does not answer");
    }

    private static boolean pass(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}
