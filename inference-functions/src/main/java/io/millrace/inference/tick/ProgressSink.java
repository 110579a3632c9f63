package io.millrace.inference.tick;

import io.millrace.schemas.v1.Progress;

/** Where ticks go. Called from one thread at a time. */
public interface ProgressSink extends AutoCloseable {
    /** Fire and forget: a record that cannot be taken soon is dropped. Never throws. */
    void send(Progress progress);

    /** Gives what was sent a moment to leave. */
    @Override
    void close();
}
