package io.millrace.edge.database;

import org.springframework.jdbc.core.simple.JdbcClient;
import reactor.core.publisher.Mono;

/** The database behind the edge. */
public interface Database {
    /** Some statements, run on one blocking thread. */
    @FunctionalInterface
    interface Work<T> {
        T run(JdbcClient sql);
    }

    /**
     * Runs the work where blocking is allowed, for six seconds at most, a transaction nine. Empty when the work gives null.
     *
     * @return fails with a 503 {@link io.millrace.edge.problem.Problem} when the database does not answer, at once while it is known
     *     to be down
     */
    <T> Mono<T> call(Work<T> work);

    /** As {@link #call}; all statements together take effect or none does. */
    <T> Mono<T> transact(Work<T> work);

    /** Whether the last contact went well and the tables are there. */
    boolean healthy();
}
