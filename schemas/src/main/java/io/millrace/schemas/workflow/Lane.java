package io.millrace.schemas.workflow;

/**
 * A bound on how many tasks run at once.
 *
 * @param name referred to by workflows
 * @param concurrency slots, 1 (strictly serial) to 1000
 */
public record Lane(String name, int concurrency) {
    public Lane {
        if (concurrency < 1 || concurrency > 1000) {
            throw new IllegalArgumentException(
                    "lane " + name + ": concurrency must be from 1 to 1000, not " + concurrency);
        }
    }
}
