package io.millrace.inference.crawl.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.flow.MemoryArtifacts;
import io.millrace.inference.function.PhaseContext;
import io.millrace.inference.function.PhaseFailure;
import io.millrace.schemas.artifact.ArtifactStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies without an end: those that nobody wants are not waited for. */
class FetcherTest {
    private static final Set<String> PAGES = Set.of("text/html");

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread serving = new Thread(this::serve, "endless");
        serving.setDaemon(true);
        serving.start();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/disc.iso,is of type application/x-iso9660-image",
        "/gone,was answered 404",
        "/chunked.iso,is of type application/x-iso9660-image"
    })
    void aBodyThatIsNotWantedIsNotPulled(String path, String reason) throws Exception {
        assertThatThrownBy(() -> fetcher().fetch(at(path), PAGES))
                .isInstanceOf(NotFetched.class)
                .hasMessageContaining(reason);

        assertThat(hungUp.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anInterruptEndsTheRequestAsWell() throws Exception {
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread fetching = new Thread(() -> {
            try {
                fetcher().fetch(at("/slow"), PAGES);
            } catch (NotFetched | PhaseFailure e) {
                end.set(e);
            }
        });
        fetching.start();
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

        fetching.interrupt();
        fetching.join();

        assertThat(end.get()).hasMessageContaining("was given up");
        assertThat(hungUp.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
    }

    private Fetcher fetcher() {
        Manners manners = new Manners(
                "millrace/1.0",
                Duration.ofMillis(1),
                Duration.ofSeconds(10),
                1 << 20,
                Set.of("127.0.0.1:" + server.getLocalPort()));
        return new Fetcher(HttpClient.newHttpClient(), manners, new Wanted());
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                answer(socket);
            } catch (IOException e) {
                // Closed by the test, or by a client that hung up: both are what is tested.
            }
        }
    }

    private void answer(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        String path = String.valueOf(in.readLine()).split(" ", -1)[1];
        while (!String.valueOf(in.readLine()).isEmpty()) {
            // The rest of the head says nothing new.
        }
        OutputStream out = socket.getOutputStream();
        switch (path) {
            case "/robots.txt" -> head(out, "404 No", "Content-Length: 0\r\nConnection: close");
            case "/disc.iso" -> {
                head(out, "200 OK", "Content-Type: application/x-iso9660-image\r\nContent-Length: 99999999999");
                stream(out, new byte[8192]);
            }
            case "/chunked.iso" -> {
                head(out, "200 OK", "Content-Type: application/x-iso9660-image\r\nTransfer-Encoding: chunked");
                stream(out, ("1000\r\n" + "x".repeat(4096) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            }
            case "/gone" -> {
                head(out, "404 No", "Content-Type: text/html\r\nContent-Length: 99999999999");
                stream(out, new byte[8192]);
            }
            default -> {
                head(out, "200 OK", "Content-Type: text/html\r\nContent-Length: 100");
                begun.countDown();
                try {
                    if (in.read() < 0) {
                        hungUp.countDown();
                    }
                } catch (IOException e) {
                    hungUp.countDown();
                }
            }
        }
    }

    private static void head(OutputStream out, String status, String fields) throws IOException {
        out.write(("HTTP/1.1 " + status + "\r\n" + fields + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private void stream(OutputStream out, byte[] part) {
        try {
            while (!server.isClosed()) {
                out.write(part);
            }
        } catch (IOException e) {
            hungUp.countDown();
        }
    }

    private static final class Wanted implements PhaseContext {
        @Override
        public String taskId() {
            return "task";
        }

        @Override
        public String userId() {
            return "user";
        }

        @Override
        public ArtifactStore artifacts() {
            return new MemoryArtifacts();
        }

        @Override
        public void tick(double fraction, String message) {}

        @Override
        public void log(String level, String message) {}

        @Override
        public void checkWanted() {}
    }
}
