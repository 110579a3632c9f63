package io.millrace.bench;

import io.millrace.local.LocalStack;
import io.millrace.local.StackOptions;
import io.millrace.local.home.PortPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A stack that lives no longer than its measurement, however that ends: its home is deleted with it. */
final class TemporaryStack implements AutoCloseable {
    private final LocalStack stack;
    private boolean closed;

    private TemporaryStack(LocalStack stack) {
        this.stack = stack;
    }

    /** A home for {@link #start}; what is put there before goes with it. */
    static Path home() throws IOException {
        return Files.createTempDirectory("millrace-bench");
    }

    static TemporaryStack start(Path home, StackOptions options) throws IOException, InterruptedException {
        TemporaryStack started =
                new TemporaryStack(LocalStack.start(home, PortPlan.free().base(), options));
        // Whoever ends a measurement half way ends its processes as well.
        Runtime.getRuntime().addShutdownHook(new Thread(started::closeQuietly, "stack-end"));
        return started;
    }

    LocalStack stack() {
        return stack;
    }

    @Override
    public synchronized void close() throws IOException, InterruptedException {
        if (!closed) {
            closed = true;
            stack.stop();
            delete(stack.setup().home().folder());
        }
    }

    private void closeQuietly() {
        try {
            close();
        } catch (IOException | InterruptedException e) {
            System.err.println("the stack in " + stack.setup().home().folder() + " may still be up: " + e);
        }
    }

    private static void delete(Path home) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> found = Files.walk(home)) {
            deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
