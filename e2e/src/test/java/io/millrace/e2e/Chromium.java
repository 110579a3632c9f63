package io.millrace.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * The Chromium of this machine, as its distribution installs it, without a window. It is spoken to by the DevTools protocol, so that neither
 * a driver nor a library has to be fetched for it.
 */
final class Chromium implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(5);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final String base;

    private Chromium(Process process, String base) {
        this.process = process;
        this.base = base;
    }

    /** Whether there is one. Says loudly what is left out when there is none. */
    static boolean isThere() {
        boolean there = find().isPresent();
        if (!there) {
            System.err.println("""

                    ############################################################################
                    #  NO CHROMIUM: the console is NOT tested. Install it and run this again:   #
                    #      apt-get install -y chromium fonts-noto-cjk                           #
                    ############################################################################
                    """);
        }
        return there;
    }

    private static Optional<Path> find() {
        return NAMES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
    }

    /** @param profile an empty folder, which the caller removes */
    static Chromium start(Path profile) throws IOException {
        Process process = new ProcessBuilder(
                        find().orElseThrow().toString(),
                        "--headless=new",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        // In a container, as root, there is nothing left to shut in.
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--no-first-run",
                        "--lang=en-US",
                        "--window-size=1440,900",
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("chromium.log").toFile())
                .start();
        Path port = profile.resolve("DevToolsActivePort");
        Awaitility.await("Chromium listens")
                .atMost(STARTS_WITHIN)
                .until(() -> Files.exists(port) && Files.readAllLines(port).size() >= 2);
        return new Chromium(
                process, "http://127.0.0.1:" + Files.readAllLines(port).get(0));
    }

    /** A new tab with nothing in it; it shares what is stored with the others. */
    DevTools tab() throws IOException, InterruptedException {
        HttpRequest open = HttpRequest.newBuilder(URI.create(base + "/json/new?about:blank"))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = http.send(open, HttpResponse.BodyHandlers.ofString());
        return DevTools.to(answer.body());
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
        }
    }
}
