package io.millrace.bench.hub;

import io.millrace.edge.EdgeApplication;
import io.millrace.edge.watch.Hub;
import io.millrace.edge.watch.RSocketTcpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The edge on free ports, led by lines of its input, each answered by one line that begins with {@code hub}: {@code publish RATE SECONDS}
 * and {@code end RATE} with {@code PUBLISHED CPU_NANOS LATEST_NANOS}, {@code heap} with {@code HEAP_BYTES RSS_BYTES} after a
 * full collection, {@code subscribers} with their number. It ends with its input.
 */
public final class HubServer {
    private static final List<String> FIXED = List.of(
            "--spring.profiles.active=detached",
            "--server.port=0",
            "--millrace.rsocket-port=0",
            "--millrace.limit-connects=0",
            "--logging.level.root=WARN");

    private HubServer() {}

    /** Arguments: how many tasks, then options of the edge. Answers {@code hub ready HTTP_PORT RSOCKET_PORT} first. */
    public static void main(String[] args) throws IOException {
        int tasks = Integer.parseInt(args[0]);
        String[] options =
                Stream.concat(FIXED.stream(), Arrays.stream(args).skip(1)).toArray(String[]::new);
        try (ConfigurableApplicationContext edge =
                new SpringApplication(EdgeApplication.class, HandMadeBorders.class).run(options)) {
            Hub hub = edge.getBean(Hub.class);
            StepPublisher publisher = new StepPublisher(hub, tasks);
            int http = Objects.requireNonNull(((ReactiveWebServerApplicationContext) edge).getWebServer())
                    .getPort();
            int rsocket = edge.getBean(RSocketTcpServer.class).address().getPort();
            say("ready " + http + " " + rsocket);
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                say(answer(line.split(" "), hub, publisher));
            }
        }
    }

    private static String answer(String[] words, Hub hub, StepPublisher publisher) throws IOException {
        return switch (words[0]) {
            case "publish" -> text(publisher.publish(Integer.parseInt(words[1]), Integer.parseInt(words[2])));
            case "end" -> text(publisher.end(Integer.parseInt(words[1])));
            case "heap" -> memory();
            case "subscribers" -> Integer.toString(hub.subscriberCount());
            default -> "unknown";
        };
    }

    private static String text(StepPublisher.Stretch stretch) {
        return stretch.published() + " " + stretch.cpuNanos() + " " + stretch.latestNanos();
    }

    private static String memory() throws IOException {
        System.gc();
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long rss = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .sum();
        return heap + " " + rss;
    }

    private static void say(String answer) {
        System.out.println("hub " + answer);
        System.out.flush();
    }
}
