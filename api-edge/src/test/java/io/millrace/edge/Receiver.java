package io.millrace.edge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** An endpoint that keeps what it is told and answers as it is told, 204 by default. */
final class Receiver implements AutoCloseable {
    /** A message as it came. */
    record Told(String id, long timestamp, String signature, String body) {}

    final List<Told> told = new CopyOnWriteArrayList<>();
    private final Queue<Integer> answers = new ArrayDeque<>();
    private volatile boolean silent;
    /** Its own: an edge that stops takes the common ones with it. */
    private final LoopResources loops = LoopResources.create("receiver", 1, true);

    private final DisposableServer server = HttpServer.create()
            .runOn(loops)
            .bindAddress(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .handle((request, response) -> request.receive()
                    .aggregate()
                    .asString()
                    .defaultIfEmpty("")
                    .flatMap(body -> {
                        told.add(new Told(
                                request.requestHeaders().get("webhook-id"),
                                Long.parseLong(request.requestHeaders().get("webhook-timestamp", "0")),
                                request.requestHeaders().get("webhook-signature"),
                                body));
                        return silent
                                ? Mono.never()
                                : response.status(answer()).send().then();
                    }))
            .bindNow();

    private synchronized int answer() {
        Integer next = answers.poll();
        return next == null ? 204 : next;
    }

    /** What the next messages are answered with. */
    synchronized void answer(int... status) {
        for (int one : status) {
            answers.add(one);
        }
    }

    void fallSilent(boolean now) {
        silent = now;
    }

    String url() {
        return "http://127.0.0.1:" + server.port() + "/hook";
    }

    @Override
    public void close() {
        server.disposeNow();
        loops.dispose();
    }
}
