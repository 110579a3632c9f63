package io.millrace.inference.store;

/** The right to compute one key. */
public interface Lease extends AutoCloseable {
    /** A right that nothing guards. */
    Lease NONE = () -> {};

    /** Gives the right back. Never throws. */
    @Override
    void close();
}
