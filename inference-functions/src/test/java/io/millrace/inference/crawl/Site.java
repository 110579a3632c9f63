package io.millrace.inference.crawl;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.inference.picture.Files;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A small web site on 127.0.0.1 with the good and the bad that crawlers meet. */
final class Site {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Long> times = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private @Nullable HttpServer server;

    void start() throws IOException {
        HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.setExecutor(threads);
        started.createContext("/", this::answer);
        started.start();
        server = started;
    }

    void stop() {
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
    }

    String url() {
        return "http://127.0.0.1:" + Objects.requireNonNull(server).getAddress().getPort();
    }

    List<String> asked() {
        return asked;
    }

    /** Nanoseconds of each request. */
    List<Long> times() {
        return times;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path);
        times.add(System.nanoTime());
        if (path.startsWith("/long/")) {
            endless(exchange, path);
            return;
        }
        switch (path) {
            case "/robots.txt" -> send(exchange, 200, "text/plain", "User-agent: *\nDisallow: /secret\n");
            case "/feed.xml" -> send(exchange, 200, "application/rss+xml", """
                <?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>/</link>
                <item><title>Mugs</title><link>%1$s/mug.html</link></item>
                <item><title>Secret</title><link>%1$s/secret</link></item>
                <item><title>Paper</title><link>%1$s/paper.pdf</link></item>
                <item><title>Gone</title><link>%1$s/gone</link></item>
                <item><title>Huge</title><link>%1$s/huge.html</link></item>
                <item><title>Round</title><link>%1$s/round</link></item>
                <item><title>Inside</title><link>%1$s/inside</link></item>
                <item><title>Again</title><link>%1$s/mug.html</link></item>
                <item><title>Bottles</title><link>%1$s/bottle.html</link></item>
                </channel></rss>\
                """.formatted(url()));
            case "/mug.html" -> send(exchange, 200, "text/html; charset=utf-8", """
                <html><head><title>Mugs &amp; more</title><style>p {color: red}</style></head><body><nav>Home</nav>
                <h1>Mugs</h1><p>A mug of &ldquo;stone&rdquo;, 0.3&nbsp;l.</p><p>One line
                and <b>another</b>.</p><script>var x = "<p>no</p>";</script>
                <img alt="a" src="/mug.png"><img src='/dot.png'><img src="/mug.png"></body></html>\
                """);
            case "/bottle.html" ->
                send(exchange, 200, "text/html", "<title>Bottles</title><p>Glass.</p><img src=broken>");
            case "/index.html" -> send(exchange, 200, "text/html", """
                <title>Shop</title><a href="/mug.html">mugs</a> <a href="bottle.html#top">bottles</a>
                <a href="http://elsewhere.invalid/">out</a> <a href="mailto:a@b.c">mail</a>\
                """);
            case "/mug.png" -> picture(exchange, 80);
            case "/dot.png" -> picture(exchange, 40);
            case "/huge.html" -> send(exchange, 200, "text/html", "x".repeat(9 << 20));
            case "/paper.pdf" -> send(exchange, 200, "application/pdf", "%PDF-1.4");
            case "/round" -> redirect(exchange, "/round");
            case "/inside" -> redirect(exchange, "http://10.0.0.1/admin");
            default -> send(exchange, 404, "text/plain", "no");
        }
    }

    /** A site without an end, whose addresses are as long as they may be. */
    private static void endless(HttpExchange exchange, String path) throws IOException {
        int number = Integer.parseInt(path.replaceAll("\\D", ""));
        if (path.endsWith(".png")) {
            picture(exchange, 50 + number);
            return;
        }
        String pad = "?" + "x".repeat(4_000);
        StringBuilder page = new StringBuilder("<title>Long</title><p>Words.</p>");
        for (int i = 0; i < 10; i++) {
            page.append("<img src=\"/long/")
                    .append(number * 10 + i)
                    .append(".png")
                    .append(pad)
                    .append("\">");
        }
        page.append("<a href=\"/long/")
                .append(number + 1)
                .append(".html")
                .append(pad)
                .append("\">on</a>");
        send(exchange, 200, "text/html", page.toString());
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        send(exchange, 302, "text/plain", "");
    }

    private static void picture(HttpExchange exchange, int side) throws IOException {
        send(exchange, 200, "image/png", Files.png(new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB)));
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        send(exchange, status, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
