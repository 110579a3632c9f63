package io.millrace.local.probe;

/** A question to one room. Answers within a few seconds, whatever state the room is in. */
public interface Probe extends AutoCloseable {
    /**
     * Asks once.
     *
     * @return whether the room does its work
     * @throws Exception when it cannot be asked; means no
     */
    boolean isReady() throws Exception;

    @Override
    default void close() {}
}
