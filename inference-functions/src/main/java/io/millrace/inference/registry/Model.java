package io.millrace.inference.registry;

/** A loaded model, used by any number of threads until the process ends. */
public interface Model extends AutoCloseable {
    /** Name and version, as {@link ModelFiles#version()}: part of the version of every function that uses it. */
    String version();

    /** Computes something small once, so that the first task does not pay for what engines put off. */
    void warmUp() throws Exception;

    @Override
    void close();

    /** Makes a model from its files. */
    @FunctionalInterface
    interface Loader<T extends Model> {
        T load(ModelFiles files) throws Exception;
    }
}
