package io.millrace.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.millrace.edge.database.Database;
import io.millrace.edge.database.Maria;
import io.rsocket.RSocket;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Thousands of requests and frames that are wrong in some way, made by chance from the OpenAPI document under a fixed seed. The edge refuses
 * them or takes them for what they are; it never fails, never shows its insides, and keeps nothing of them.
 */
class MalformedIT {
    private static final long SEED = 20_261_122L;
    private static final int REQUESTS = 2_400;
    private static final int AT_ONCE = 16;
    private static final int RAW = 200;
    private static final int FRAMES = 300;
    private static final long MAX_GROWTH = 48L << 20;
    private static final String[] INSIDES = {
        "\tat ", "Exception", "org.springframework", "io.millrace.edge.", "java.lang"
    };

    @TempDir
    static Path artifacts;

    private static RunningEdge edge;
    private static BadRequests requests;

    @BeforeAll
    static void start() throws Exception {
        Maria.shared().createDatabase("edge_malformed");
        edge = new RunningEdge(artifacts, "--test.database=edge_malformed");
        await().atMost(Duration.ofMinutes(5)).until(edge.bean(Database.class)::healthy);
        requests = new BadRequests(RunningEdge.json(edge.send(edge.request("/openapi.json"))), SEED);
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @Test
    void nothingBreaksTheEdge() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger edgeLog = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        log.start();
        edgeLog.addAppender(log);
        slowClients();
        rest(300);
        long before = heap();
        Map<Integer, Integer> answers = rest(REQUESTS);
        int raw = rawBytes();
        int frames = rsocketFrames();
        int messages = socketMessages();
        long growth = heap() - before;

        System.out.println("malformed: answers " + answers + ", raw " + raw + ", RSocket " + frames + ", WebSocket "
                + messages + ", heap " + growth / 1024 + " KiB");
        int refused = answers.entrySet().stream()
                .filter(entry -> entry.getKey() >= 400 && entry.getKey() < 500)
                .mapToInt(Map.Entry::getValue)
                .sum();
        edgeLog.detachAppender(log);
        assertThat(answers.keySet()).allMatch(status -> status < 500);
        assertThat(log.list)
                .as("a caller who is wrong or goes away is no error of the edge")
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.ERROR)
                        && !event.getLoggerName().startsWith("ch.vorburger"))
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEmpty();
        assertThat(refused + raw + frames + messages).isGreaterThanOrEqualTo(2_000);
        assertThat(growth).as("bytes of heap that stayed").isLessThan(MAX_GROWTH);
        assertThat(edge.get("alice", "/api/v1/tasks").statusCode())
                .as("it goes on")
                .isEqualTo(200);
    }

    private static Map<Integer, Integer> rest(int count) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Semaphore room = new Semaphore(AT_ONCE);
        Map<Integer, Integer> answers = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BadRequests.Bad bad = requests.next();
            room.acquire();
            HttpRequest request =
                    bad.on(edge.with(Tokens.of("fuzz", bad.role()), bad.path()).timeout(Duration.ofMinutes(1)));
            all.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                    .thenAccept(answer -> note(bad, answer, answers, wrong))
                    .whenComplete((done, failure) -> {
                        room.release();
                        if (failure != null) {
                            synchronized (wrong) {
                                wrong.add(bad + " -> " + failure);
                            }
                        }
                    })
                    .exceptionally(failure -> null));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(120, TimeUnit.SECONDS);
        assertThat(wrong).isEmpty();
        return answers;
    }

    private static void note(
            BadRequests.Bad bad, HttpResponse<InputStream> answer, Map<Integer, Integer> answers, List<String> wrong) {
        try (InputStream in = answer.body()) {
            boolean stream =
                    answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
            String body = new String(stream ? in.readNBytes(2) : in.readAllBytes(), StandardCharsets.UTF_8);
            synchronized (wrong) {
                answers.merge(answer.statusCode(), 1, Integer::sum);
                boolean document =
                        bad.path().startsWith("/openapi") || bad.path().startsWith("/asyncapi");
                if (answer.statusCode() >= 500 || !document && showsInsides(body)) {
                    wrong.add(bad + " -> " + answer.statusCode() + " " + body);
                }
            }
        } catch (IOException e) {
            // A stream that the test leaves after its first bytes.
        }
    }

    private static boolean showsInsides(String body) {
        for (String inside : INSIDES) {
            if (body.contains(inside)) {
                return true;
            }
        }
        return false;
    }

    /** Bytes that are no HTTP, or nearly. */
    private static int rawBytes() throws Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < RAW; i++) {
            try (Socket socket = new Socket("127.0.0.1", port())) {
                socket.setSoTimeout(3_000);
                socket.getOutputStream().write(BadRequests.raw(random));
                socket.shutdownOutput();
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                assertThat(answer).doesNotContain("HTTP/1.1 5").doesNotContain("\tat ");
            } catch (java.net.SocketException e) {
                // Reset: the edge does not talk to it. That is a clean end of nonsense.
            }
        }
        return RAW;
    }

    /** Frames of random bytes behind a right length, some behind a right setup frame. */
    private static int rsocketFrames() throws Exception {
        Random random = new Random(SEED + 1);
        for (int i = 0; i < FRAMES; i++) {
            try (Socket socket = new Socket("127.0.0.1", edge.rsocketPort())) {
                socket.setSoTimeout(200);
                byte[] frame = new byte[1 + random.nextInt(200)];
                random.nextBytes(frame);
                int claimed = random.nextInt(4) == 0 ? 0xffffff : frame.length;
                socket.getOutputStream()
                        .write(new byte[] {(byte) (claimed >> 16), (byte) (claimed >> 8), (byte) claimed});
                socket.getOutputStream().write(frame);
                if (random.nextBoolean()) {
                    socket.shutdownOutput();
                }
                String answer = i % 10 == 0 ? beginning(socket) : "";
                assertThat(answer).doesNotContain("\tat ");
            } catch (java.net.SocketException e) {
                // Reset, as above.
            }
        }
        RSocket good = RSocketTest.connected(edge, Tokens.of("fuzz", "user"));
        for (int i = 0; i < 100; i++) {
            String route = i % 2 == 0 ? "tasks.submit" : "tasks." + BadRequests.text(random) + ".status";
            String error = RSocketTest.refusal(
                    good, route.length() > 200 ? "tasks.x.status" : route, BadRequests.json(random));
            assertThat(error).doesNotContain("\"code\":5", "\tat ");
        }
        good.dispose();
        return FRAMES + 100;
    }

    private static String beginning(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readNBytes(64), StandardCharsets.ISO_8859_1);
        } catch (java.net.SocketTimeoutException e) {
            return "";
        }
    }

    private static int socketMessages() throws Exception {
        Random random = new Random(SEED + 2);
        HttpClient client = HttpClient.newHttpClient();
        int sent = 0;
        for (int i = 0; i < 30; i++) {
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + port() + "/rsocket"), new WebSocket.Listener() {})
                    .get(120, TimeUnit.SECONDS);
            for (int j = 0; j < 5; j++) {
                byte[] bytes = new byte[1 + random.nextInt(300)];
                random.nextBytes(bytes);
                CompletableFuture<WebSocket> done = random.nextBoolean()
                        ? socket.sendBinary(ByteBuffer.wrap(bytes), true)
                        : socket.sendText(BadRequests.json(random), true);
                done.handle((ok, closed) -> null).get(120, TimeUnit.SECONDS);
                sent++;
            }
            socket.abort();
        }
        for (int i = 0; i < 20; i++) {
            // Fewer than a socket is closed for, so that each is answered.
            try (TestSocket socket = new TestSocket(edge.address(), "/ws/notifications", Tokens.of("fuzz", "user"))) {
                for (int j = 0; j < 10; j++) {
                    socket.say(BadRequests.json(random));
                }
                socket.await("refused", 10);
                socket.say("{\"type\":\"ping\"}");
                socket.await("pong", 1);
                assertThat(socket.told("refused").toString()).doesNotContain("\"code\":5", "Exception", "\tat ");
                sent += 10;
            }
        }
        return sent;
    }

    /** A hundred connections that begin and do not end hold up nobody. */
    private static void slowClients() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                Socket socket = new Socket("127.0.0.1", port());
                slow.add(socket);
                String half = i % 2 == 0
                        ? "GET /api/v1/tasks HTTP/1.1\r\nHost: x\r\nX-Slow: "
                        : "POST /api/v1/tasks HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + Tokens.of("fuzz", "user")
                                + "\r\nContent-Type: application/json\r\nContent-Length: 200000\r\n\r\n{\"prompt\":\"";
                socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
            }
            long begun = System.nanoTime();
            assertThat(edge.get("alice", "/api/v1/lanes").statusCode()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static int port() {
        return edge.request("/").build().uri().getPort();
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
