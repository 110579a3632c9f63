package io.millrace.inference;

import static io.millrace.inference.TestRoom.saying;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.registry.Models;
import io.millrace.schemas.v1.BatchReply;
import io.millrace.schemas.v1.ItemReply;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process as the launcher starts it, with Kafka down. */
class ProcessTest {
    private Process process = new ProcessBuilder("true").start();

    @TempDir
    Path folder;

    ProcessTest() throws IOException {}

    /** Sleeps for the milliseconds it is told to. */
    public static final class SleepyFactory implements FunctionFactory {
        @Override
        public String name() {
            return "sleepy";
        }

        @Override
        public PhaseFunction load(Models models) {
            return new TestFunction("sleepy", (input, context) -> {
                long until = System.nanoTime()
                        + Duration.ofMillis(input.params().path("ms").asLong()).toNanos();
                while (System.nanoTime() < until) {
                    context.checkWanted();
                    context.tick(0.5, "asleep");
                    Thread.onSpinWait();
                }
                return TestFunction.said("awake");
            });
        }
    }

    @AfterEach
    void endProcess() {
        process.destroyForcibly();
    }

    @Test
    void servesWithoutKafkaAndEndsWithZeroAfterWhatRuns() throws Exception {
        Caller caller = new Caller(start());
        Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> listening(caller));
        assertThat(caller.call("sleepy", saying("task", "x"))).allMatch(ItemReply::hasResult);
        CompletableFuture<BatchReply> running = caller.callLater(
                "sleepy",
                Caller.batch(
                        "sleepy",
                        TestRoom.item("slow", "{\"params\":{\"ms\":1500}}").build()));
        Awaitility.await().until(() -> caller.metric("inference_items_in_flight") == 1);

        process.destroy();

        assertThat(running.get(120, TimeUnit.SECONDS).getItems(0).hasResult()).isTrue();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(Files.readString(folder.resolve("log"))).contains("event=ended");
    }

    @Test
    void aMissingSettingEndsTheStartWithItsName() throws Exception {
        start("MILLRACE_INFERENCE_TOKEN");

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("log"))).contains("MILLRACE_INFERENCE_TOKEN must be set");
    }

    private int start(String... without) throws IOException {
        int port = freePort();
        Path providers = Files.createDirectories(folder.resolve("path/META-INF/services"));
        Files.writeString(providers.resolve(FunctionFactory.class.getName()), SleepyFactory.class.getName());
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                folder.resolve("path") + File.pathSeparator + System.getProperty("java.class.path"),
                InferenceMain.class.getName());
        builder.environment()
                .putAll(Map.of(
                        "MILLRACE_INFERENCE_PORT", Integer.toString(port),
                        "MILLRACE_INFERENCE_TOKEN", Caller.TOKEN,
                        "MILLRACE_KAFKA", "127.0.0.1:1",
                        "MILLRACE_ARTIFACTS", folder.resolve("artifacts").toString(),
                        "MILLRACE_MODELS", folder.resolve("models").toString()));
        List.of(without).forEach(builder.environment()::remove);
        process = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        return port;
    }

    private static boolean listening(Caller caller) {
        try {
            return caller.get("/health").body().contains("\"sleepy\":{\"state\":\"ready\"");
        } catch (java.io.UncheckedIOException e) {
            if (e.getCause() instanceof ConnectException) {
                return false;
            }
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
