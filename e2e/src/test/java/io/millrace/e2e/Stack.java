package io.millrace.e2e;

import io.millrace.local.LocalStack;
import io.millrace.local.Room;
import io.millrace.local.StackOptions;
import io.millrace.local.home.PortPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.example.wordcount.WordCountServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One stack for all test classes of a run, on ports of its own, taken down when the last test has ended. */
public final class Stack implements BeforeAllCallback {
    /** Two cores that also run the tests are slower than a machine of one's own. */
    static final Duration READY = Duration.ofMinutes(8);

    private static volatile @Nullable LocalStack running;
    private static volatile @Nullable StackOptions options;
    private static volatile @Nullable WordCountServer wordCount;

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Stack.class))
                .getOrComputeIfAbsent("stack", key -> start(), Closer.class);
    }

    static LocalStack stack() {
        return Objects.requireNonNull(running, "the extension has not started the stack");
    }

    /** The third party's function that the stack calls. */
    static WordCountServer wordCount() {
        return Objects.requireNonNull(wordCount, "the extension has not started the stack");
    }

    /** What the stack was started with. */
    static StackOptions options() {
        return Objects.requireNonNull(options, "the extension has not started the stack");
    }

    private static Closer start() {
        Path home = Path.of("target", "stacks", UUID.randomUUID().toString());
        try {
            int base = PortPlan.free().base();
            // Its own credential: it must never be sent the one of our inference.
            String token = UUID.randomUUID().toString();
            WordCountServer server = new WordCountServer(0, token);
            wordCount = server;
            Path definitions = TestDefinitions.write(home.resolve("definitions"), server.port());
            StackOptions wanted = StackOptions.standard()
                    .definitions(definitions)
                    // The endpoints of webhooks that tests open.
                    .with(Room.EDGE, "MILLRACE_OUTBOUND_ALLOW", "127.0.0.0/8")
                    .with(Room.JOBMANAGER, "MILLRACE_INFERENCE_TOKEN_WORD_COUNT", token);
            options = wanted;
            LocalStack stack = LocalStack.start(home, base, wanted);
            running = stack;
            return ready(new Closer(stack));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** A stack that does not come up leaves nothing behind; what goes wrong while it is ended is told beside the cause. */
    private static Closer ready(Closer closer) throws IOException, InterruptedException {
        try {
            closer.stack().awaitReady(READY);
            return closer;
        } catch (RuntimeException | InterruptedException e) {
            try (closer) {
                throw e;
            }
        }
    }

    private record Closer(LocalStack stack) implements AutoCloseable {
        @Override
        public void close() throws IOException, InterruptedException {
            stack.stop();
            wordCount().close();
        }
    }
}
