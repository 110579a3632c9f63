package io.millrace.orchestrator.config;

import io.millrace.engine.task.TaskLimits;
import io.millrace.schemas.config.Options;
import io.millrace.schemas.config.Retention;
import java.time.Duration;

/**
 * How the job runs.
 *
 * @param name shown by Flink
 * @param parallelism subtasks of each operator, 1 to {@value #MAX_PARALLELISM}
 * @param bufferTimeout how long a record may wait for company on its way between tasks
 * @param retention how long a task is remembered after its end, see {@link TaskLimits#retention}
 */
public record JobSettings(String name, int parallelism, Duration bufferTimeout, Duration retention) {
    /** Key groups. Savepoints hold the number: changing it makes them unreadable. */
    public static final int MAX_PARALLELISM = 128;

    static final String DEFAULT_NAME = "orchestrator";
    static final int DEFAULT_PARALLELISM = 1;
    static final Duration DEFAULT_BUFFER_TIMEOUT = Duration.ofMillis(1);

    static JobSettings of(Options options) {
        return new JobSettings(
                options.find("job-name").orElse(DEFAULT_NAME),
                options.number("parallelism", DEFAULT_PARALLELISM, 1, MAX_PARALLELISM),
                options.duration("buffer-timeout", DEFAULT_BUFFER_TIMEOUT, Duration.ZERO, Duration.ofSeconds(1)),
                Retention.of(options, TaskLimits.defaults().retention()));
    }
}
