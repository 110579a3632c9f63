package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.home.PortPlan;
import io.millrace.local.process.Identity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, or {@code down} in another terminal, while the supervisor is still being started. */
class CalledOffStartIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private Path home;

    @Test
    void aStackTakenDownAsItsSupervisorStartsLeavesNoProcess() throws Exception {
        LocalStack stack = LocalStack.at(home, PortPlan.free().base());
        Set<Long> others = children();
        CompletableFuture<Void> start = CompletableFuture.runAsync(() -> start(stack));
        try {
            await().pollInterval(Duration.ofMillis(1)).atMost(PATIENCE).until(() -> !others.containsAll(children()));
            Set<Long> ours = children();
            ours.removeAll(others);

            assertThat(stack.stop()).isEmpty();

            assertThat(ours).allSatisfy(pid -> assertThat(Identity.of(pid)).isEmpty());
            assertThat(stack.isDown()).isTrue();
            assertThat(home.resolve("supervisor.pid")).doesNotExist();
        } finally {
            start.handle((done, calledOff) -> true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            stack.stop();
        }
    }

    private void start(LocalStack stack) {
        try {
            LocalStack.start(
                    home, stack.setup().ports().base(), StackOptions.standard().only(Room.BROKER));
        } catch (Exception calledOff) {
            throw new CompletionException(calledOff);
        }
    }

    private static Set<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }
}
