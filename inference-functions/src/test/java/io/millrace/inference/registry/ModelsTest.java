package io.millrace.inference.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.millrace.inference.registry.ModelState.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsTest {
    private static final byte[] WEIGHTS = "weights".getBytes(StandardCharsets.UTF_8);
    private static final Set<String> LICENCES =
            Set.of("MIT", "Apache-2.0", "BSD-3-Clause", "our own (random weights of a fixed seed)");

    @TempDir
    Path folder;

    private final Deque<Integer> answers = new ArrayDeque<>();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;

    /** A model that only has bytes. */
    private static final class Bytes implements Model {
        private final byte[] bytes;
        private final String version;
        private int warmed;
        private boolean closed;

        Bytes(byte[] bytes, String version) {
            this.bytes = bytes;
            this.version = version;
        }

        static Bytes load(ModelFiles files) throws IOException, ModelFault {
            return new Bytes(Files.readAllBytes(files.file("network")), files.version());
        }

        @Override
        public String version() {
            return version;
        }

        @Override
        public void warmUp() {
            warmed++;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            int code = answers.isEmpty() ? 200 : answers.remove();
            exchange.sendResponseHeaders(code, WEIGHTS.length);
            exchange.getResponseBody().write(WEIGHTS);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void whatShipsHasChecksumsAndTermsThatTheNoticeRepeats() throws IOException {
        Path root = Path.of("..");
        String table = Files.readString(root.resolve("docs/models.md"));
        for (ModelState state : Models.open(folder, "cpu").states()) {
            ModelSpec spec = state.spec();
            assertThat(LICENCES).as(spec.name()).contains(spec.licence());
            assertThat(spec.files().values()).allMatch(file -> file.built() || file.sha256() != null);
            assertThat(table).contains("| `" + spec.name() + "` | " + spec.version() + " | ");
            assertThat(state.status()).isEqualTo(Status.UNUSED);
        }
    }

    @Test
    void aModelIsLoadedOnceWarmedUpSharedAndClosedAtTheEnd() throws Exception {
        own(remote("/weights.bin", sum()));
        Bytes first;
        try (Models models = open()) {
            first = models.get("own", Bytes.class, Bytes::load);
            assertThat(models.get("own", Bytes.class, Bytes::load)).isSameAs(first);
            assertThat(first.warmed).isEqualTo(1);
            assertThat(first.version()).isEqualTo("own-1");
            assertThat(first.bytes).isEqualTo(WEIGHTS);
            ModelState state = state(models);
            assertThat(state.status()).isEqualTo(Status.READY);
            assertThat(state.bytes()).isEqualTo(WEIGHTS.length);
            assertThat(first.closed).isFalse();
        }
        assertThat(first.closed).isTrue();
    }

    @Test
    void whatWasFetchedIsKeptAndASpoiltCopyIsFetchedAnew() throws Exception {
        own(remote("/weights.bin", sum()));
        open().get("own", Bytes.class, Bytes::load);
        open().get("own", Bytes.class, Bytes::load);
        assertThat(asked).hasValue(1);

        Files.writeString(folder.resolve("own-1/network-weights.bin"), "spoilt");
        assertThat(open().get("own", Bytes.class, Bytes::load).bytes).isEqualTo(WEIGHTS);
        assertThat(asked).hasValue(2);
    }

    @Test
    void aServerInTroubleIsAskedAgainAndOneThatRefusesIsNot() throws Exception {
        own(remote("/weights.bin", sum()));
        answers.addAll(List.of(503, 500));
        assertThat(open().get("own", Bytes.class, Bytes::load).bytes).isEqualTo(WEIGHTS);
        assertThat(asked).hasValue(3);

        own(remote("/other.bin?token=secret", sum()));
        answers.add(404);
        assertThatThrownBy(() -> open().get("own", Bytes.class, Bytes::load))
                .isInstanceOf(ModelFault.class)
                .hasMessageContaining("model own 1, file network: the server answered 404")
                .hasMessageContaining("/other.bin")
                .hasMessageNotContaining("secret");
        assertThat(asked).hasValue(4);
    }

    @Test
    void otherBytesThanAgreedAreRefusedAndLeaveNothing() throws Exception {
        own(remote("/weights.bin", "0".repeat(64)));
        assertThatThrownBy(() -> open().get("own", Bytes.class, Bytes::load))
                .hasMessageContaining("has sha256 " + sum() + " where models.yaml says 000");
        try (var files = Files.list(folder.resolve("own-1"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aFileOfThisMachineIsUsedInItsPlace() throws Exception {
        Files.write(folder.resolve("mine.bin"), WEIGHTS);
        own("{source: \"file:mine.bin\", sha256: " + sum() + "}");
        assertThat(open().get("own", Bytes.class, Bytes::load).bytes).isEqualTo(WEIGHTS);
        Files.delete(folder.resolve("mine.bin"));
        assertThatThrownBy(() -> open().get("own", Bytes.class, Bytes::load)).hasMessageContaining("there is no file");
    }

    @Test
    void oneThatFailsIsNotTriedAgainAndFailsNoOther() throws Exception {
        own(remote("/weights.bin", sum()));
        AtomicInteger tries = new AtomicInteger();
        Models models = open();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> models.get("pattern", Bytes.class, files -> {
                        tries.incrementAndGet();
                        throw new UnsatisfiedLinkError("no libtorch");
                    }))
                    .isInstanceOf(ModelFault.class)
                    .hasMessageContaining("model pattern 6")
                    .hasMessageContaining("no libtorch");
        }
        assertThat(tries).hasValue(1);
        assertThat(models.get("own", Bytes.class, Bytes::load).bytes).isEqualTo(WEIGHTS);
    }

    @Test
    void filesOfOneNameFromTwoPlacesAreKeptApart() throws Exception {
        own(remote("/a/model.bin", sum()) + "\n      other: " + remote("/b/model.bin", sum()));
        List<Path> paths = new ArrayList<>();
        open().get("own", Bytes.class, files -> {
            paths.add(files.file("network"));
            paths.add(files.file("other"));
            return Bytes.load(files);
        });
        assertThat(paths.get(0)).isNotEqualTo(paths.get(1));
    }

    @Test
    void theEndOfTheProcessDoesNotWaitForAModelThatIsBeingLoaded() throws Exception {
        own(remote("/weights.bin", sum()));
        Models models = open();
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        CompletableFuture<Bytes> late = CompletableFuture.supplyAsync(() -> {
            try {
                return models.get("own", Bytes.class, files -> {
                    loading.countDown();
                    assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
                    return Bytes.load(files);
                });
            } catch (ModelFault e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(loading.await(60, TimeUnit.SECONDS)).isTrue();

        CompletableFuture.runAsync(models::close).get(120, TimeUnit.SECONDS);

        assertThat(late).isNotDone();
        enough.countDown();
        assertThat(late.get(120, TimeUnit.SECONDS).closed).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sha256: abc | files.network.sha256 must be 64 hexadecimal digits",
                "source: 'ftp://host/x' | files.network.source must be built",
                "source: 'http://elsewhere/x' | files.network.source must be built",
                "source: 's3://bucket' | files.network.source must be built",
                "sauce: x | files.network.sauce is not a field here",
            })
    void aMistakeIsNamedWithItsLine(String field, String message) throws IOException {
        String source = field.startsWith("source") ? field : "source: 'file:x', " + field;
        own("{" + source + "}");
        assertThatThrownBy(this::open).hasMessageContaining("models.yaml:").hasMessageContaining(message);
    }

    @Test
    void aDeviceThatIsNoneIsRefused() {
        assertThatThrownBy(() -> Models.open(folder, "gpu0")).hasMessageContaining("cpu, cuda or cuda:N, not gpu0");
    }

    private Models open() throws IOException {
        return Models.open(folder, "cpu");
    }

    private static ModelState state(Models models) {
        return models.states().stream()
                .filter(state -> state.spec().name().equals("own"))
                .findFirst()
                .orElseThrow();
    }

    private String remote(String path, String sum) {
        return "{source: \"http://127.0.0.1:" + server.getAddress().getPort() + path + "\", sha256: '" + sum + "'}";
    }

    private void own(String file) throws IOException {
        Files.writeString(folder.resolve("models.yaml"), """
            models:
              - name: own
                version: "1"
                licence: MIT
                precision: fp32
                files:
                  network: %s
            """.formatted(file));
    }

    private String sum() throws IOException {
        Path file = Files.write(folder.resolve("sum"), WEIGHTS);
        return Sha256.of(file);
    }
}
