package io.millrace.orchestrator.remote;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import io.millrace.orchestrator.config.InferenceSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.shaded.netty4.io.netty.bootstrap.Bootstrap;
import org.apache.flink.shaded.netty4.io.netty.buffer.ByteBuf;
import org.apache.flink.shaded.netty4.io.netty.buffer.ByteBufAllocator;
import org.apache.flink.shaded.netty4.io.netty.channel.Channel;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelOption;
import org.apache.flink.shaded.netty4.io.netty.channel.EventLoop;
import org.apache.flink.shaded.netty4.io.netty.channel.nio.NioEventLoopGroup;
import org.apache.flink.shaded.netty4.io.netty.channel.pool.ChannelPool;
import org.apache.flink.shaded.netty4.io.netty.channel.pool.FixedChannelPool;
import org.apache.flink.shaded.netty4.io.netty.channel.socket.nio.NioSocketChannel;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.DefaultFullHttpRequest;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.FullHttpRequest;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpHeaderNames;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpMethod;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpVersion;
import org.apache.flink.shaded.netty4.io.netty.util.concurrent.DefaultThreadFactory;
import org.apache.flink.shaded.netty4.io.netty.util.concurrent.Future;
import org.apache.flink.statefun.sdk.reqreply.generated.ToFunction;

/**
 * The inference endpoint over HTTP/1.1: connections kept for a while, bounded in number, and one thread for all of them. Built on the netty
 * that Flink ships, so that the job brings no HTTP library of its own. Everything but {@link #post} and {@link #close} happens
 * on that thread.
 */
final class HttpEndpoint implements AutoCloseable {
    /** Calls that wait for a connection; far more than batchers have slots. */
    private static final int MAX_WAITING = 4096;

    private static final MessageLite NOTHING = ToFunction.getDefaultInstance();

    private final URI url;
    private final String authorization;
    private final NioEventLoopGroup group;
    private final EventLoop loop;
    private final FixedChannelPool calls;
    private final FixedChannelPool health;
    private final Liveness liveness;

    private HttpEndpoint(InferenceSettings settings, Duration silence, Freshness freshness) {
        url = settings.url();
        authorization = settings.token().isEmpty() ? "" : "Bearer " + settings.token();
        group = new NioEventLoopGroup(1, new DefaultThreadFactory("millrace-inference", true));
        loop = group.next();
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.connectTimeout().toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .remoteAddress(InetSocketAddress.createUnresolved(url.getHost(), port(url)));
        ConnectionSetup setup = ConnectionSetup.of(url.getScheme().toLowerCase(Locale.ROOT), url.getHost(), port(url));
        calls = pool(bootstrap, setup, freshness, settings.maxConnections(), MAX_WAITING);
        // A connection apart: the health of an endpoint that is busy on all others can still be asked for.
        health = pool(bootstrap, setup, freshness, 1, 1);
        liveness = new Liveness(loop, silence, () -> send(health, HttpMethod.GET, "/health", NOTHING));
    }

    static HttpEndpoint open(InferenceSettings settings) {
        return open(settings, Liveness.SILENCE, Freshness.standard());
    }

    static HttpEndpoint open(InferenceSettings settings, Duration silence, Freshness freshness) {
        return new HttpEndpoint(settings, silence, freshness);
    }

    private static FixedChannelPool pool(
            Bootstrap bootstrap, ConnectionSetup setup, Freshness freshness, int connections, int waiting) {
        // Asked when a connection is taken, which closes the old ones; at its return they would only be forgotten.
        return new FixedChannelPool(bootstrap, setup, freshness, null, -1, connections, waiting, false);
    }

    /** Sends the body once; the future is always completed with an outcome, after {@code timeout} at the latest. */
    CompletableFuture<HttpOutcome> post(MessageLite body, Duration timeout) {
        CompletableFuture<HttpOutcome> outcome = new CompletableFuture<>();
        try {
            loop.execute(() -> {
                Exchange exchange = send(calls, HttpMethod.POST, path(url), body);
                exchange.endAfter(loop, timeout);
                liveness.watch(exchange);
                exchange.outcome().thenAccept(outcome::complete);
            });
        } catch (RejectedExecutionException e) {
            outcome.complete(new HttpOutcome.NotReached("the client is closed"));
        }
        return outcome;
    }

    private Exchange send(ChannelPool connections, HttpMethod method, String path, MessageLite body) {
        Exchange exchange = new Exchange(connections);
        connections.acquire().addListener((Future<Channel> acquired) -> {
            if (!acquired.isSuccess()) {
                exchange.end(new HttpOutcome.NotReached(cause(acquired.cause())));
                return;
            }
            Channel connection = acquired.getNow();
            try {
                exchange.sendOn(connection, request(method, path, written(body, connection.alloc())));
            } catch (IOException | OutOfMemoryError noRoom) {
                connections.release(connection);
                exchange.end(new HttpOutcome.NotReached(cause(noRoom)));
            }
        });
        return exchange;
    }

    /** Straight into the memory it is sent from. */
    private static ByteBuf written(MessageLite body, ByteBufAllocator memory) throws IOException {
        int size = body.getSerializedSize();
        ByteBuf bytes = memory.directBuffer(size, size);
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes.nioBuffer(0, size));
            body.writeTo(out);
            out.flush();
            return bytes.writerIndex(size);
        } catch (IOException | RuntimeException unwritten) {
            bytes.release();
            throw unwritten;
        }
    }

    private FullHttpRequest request(HttpMethod method, String path, ByteBuf body) {
        FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, path, body);
        request.headers()
                .set(HttpHeaderNames.HOST, url.getHost() + ":" + port(url))
                .set(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        if (!authorization.isEmpty()) {
            request.headers().set(HttpHeaderNames.AUTHORIZATION, authorization);
        }
        return request;
    }

    static String cause(Throwable thrown) {
        return thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
    }

    private static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }

    private static String path(URI url) {
        String path = url.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    @Override
    public void close() {
        calls.closeAsync();
        health.closeAsync();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
