package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.LocalStack;
import io.millrace.local.Room;
import io.millrace.local.StackOptions;
import io.millrace.local.home.CodeBase;
import io.millrace.local.home.PortPlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A stack as in a cluster: blobs are in a bucket, and edge and inference share no folder. */
class BucketIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Path ROOT = CodeBase.find().root();

    @Test
    void picturesGoInAndOutThroughTheBucket() throws Exception {
        Path home = Path.of("target", "stacks", UUID.randomUUID().toString()).toAbsolutePath();
        Process bucket = objectStore();
        try {
            StackOptions options = inBucket(StackOptions.standard(), url(bucket))
                    .with(
                            Room.INFERENCE,
                            "MILLRACE_RESULTS",
                            home.resolve("results").toString());
            LocalStack stack = LocalStack.start(home, PortPlan.free().base(), options);
            try {
                stack.awaitReady(Stack.READY);
                EdgeClient bea = new EdgeClient(stack, "bea");
                String poster = bea.submit(Prompts.small(71));
                String upload = bea.upload(ROOT.resolve("samples/mug.jpg"));
                String white = bea.submit("{\"type\": \"white_background\", \"image\": \"" + upload + "\"}");

                Awaitility.await().atMost(PATIENCE).until(() -> hasCompleted(bea, white));
                new EveryTaskEndsOnce(stack).verify(Set.of(poster), bea, 360, 640, PATIENCE);
                assertThat(files(stack.setup().home().artifacts()))
                        .as("nothing of it lies in the folder that a plain stack has")
                        .isEmpty();

                bucket.destroyForcibly();
                EdgeClient.Answer refused = bea.get("/api/v1/artifacts/" + upload.substring("sha256:".length()));
                assertThat(refused.status()).as("the bucket is down").isEqualTo(503);
            } finally {
                stack.stop();
            }
        } finally {
            bucket.destroyForcibly();
        }
    }

    private static boolean hasCompleted(EdgeClient edge, String task) {
        return edge.get("/api/v1/tasks/" + task).data().path("status").asText().equals("completed");
    }

    private static StackOptions inBucket(StackOptions options, String url) {
        Map<String, String> settings = Map.of(
                "MILLRACE_ARTIFACTS", "s3://millrace-test/e2e",
                "AWS_REGION", "eu-central-1",
                "AWS_ACCESS_KEY_ID", "tester",
                "AWS_SECRET_ACCESS_KEY", "only-for-tests",
                "AWS_ENDPOINT_URL_S3", url);
        StackOptions all = options;
        for (Room room : List.of(Room.EDGE, Room.INFERENCE)) {
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                all = all.with(room, setting.getKey(), setting.getValue());
            }
        }
        return all;
    }

    private static Process objectStore() throws IOException {
        Path module = ROOT.resolve("artifact-store/target");
        String classPath = module.resolve("test-classes") + ":" + Files.readString(module.resolve("test-classpath"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        classPath,
                        "io.millrace.artifacts.ObjectStore")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String url(Process bucket) throws Exception {
        BufferedReader out = new BufferedReader(new InputStreamReader(bucket.getInputStream(), StandardCharsets.UTF_8));
        return CompletableFuture.supplyAsync(() -> out.lines().findFirst().orElseThrow())
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
