package io.millrace.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Reads one server-sent event stream on a thread of its own until it ends or is cut. */
final class SseWatcher implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final HttpResponse<InputStream> response;
    private final Thread reader;

    /**
     * @param id the cursor
     * @param name the type of the event
     * @param data its body
     */
    record Event(String id, String name, JsonNode data) {}

    private SseWatcher(HttpResponse<InputStream> response) {
        this.response = response;
        this.reader = new Thread(this::read, "sse-watcher");
        reader.setDaemon(true);
        reader.start();
    }

    static SseWatcher open(EdgeClient edge, String path, String lastEventId) throws IOException, InterruptedException {
        return new SseWatcher(edge.stream(path, lastEventId));
    }

    int status() {
        return response.statusCode();
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    List<String> names() {
        return events.stream().map(Event::name).toList();
    }

    Event last() {
        return events.get(events.size() - 1);
    }

    Event await(Predicate<Event> wanted, Duration patience) {
        Awaitility.await()
                .atMost(patience)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> events.stream().anyMatch(wanted));
        return events.stream().filter(wanted).findFirst().orElseThrow();
    }

    /** Waits until the server ends the stream. */
    void awaitEnd(Duration patience) throws InterruptedException {
        reader.join(patience.toMillis());
        if (reader.isAlive()) {
            throw new AssertionError("the stream did not end; seen: " + names());
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        response.body().close();
        reader.join(5_000);
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String id = "";
            String name = "message";
            StringBuilder data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() && data.length() > 0) {
                    events.add(new Event(id, name, JSON.readTree(data.toString())));
                    data.setLength(0);
                    name = "message";
                } else if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("event:")) {
                    name = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    data.append(line.substring(5).strip());
                }
            }
        } catch (IOException cut) {
            // The stream was cut: what has been read so far is what the client has seen.
            Thread.currentThread().setName("sse-watcher-cut");
        }
    }
}
