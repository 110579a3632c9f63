package io.millrace.cluster;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Opens the protected door through which a job's {@code getExecutionEnvironment()} is answered. */
final class JobContext extends StreamExecutionEnvironment {
    private JobContext() {}

    /** From now on this thread's jobs get the environment; what they configure comes on top of what it has. */
    static void use(StreamExecutionEnvironment environment) {
        initializeContextEnvironment(configuration -> {
            environment.configure(configuration, Thread.currentThread().getContextClassLoader());
            return environment;
        });
    }
}
