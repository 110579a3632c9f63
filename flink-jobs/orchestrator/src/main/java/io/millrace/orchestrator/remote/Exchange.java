package io.millrace.orchestrator.remote;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.shaded.netty4.io.netty.buffer.ByteBufUtil;
import org.apache.flink.shaded.netty4.io.netty.channel.Channel;
import org.apache.flink.shaded.netty4.io.netty.channel.EventLoop;
import org.apache.flink.shaded.netty4.io.netty.channel.pool.ChannelPool;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.FullHttpRequest;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.FullHttpResponse;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpUtil;
import org.apache.flink.shaded.netty4.io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/** One request and what became of it. Lives on the endpoint's thread; whatever ends it first counts. */
final class Exchange {
    private static final AttributeKey<Exchange> CURRENT = AttributeKey.valueOf(Exchange.class, "current");

    private final ChannelPool connections;
    private final CompletableFuture<HttpOutcome> outcome = new CompletableFuture<>();
    private @Nullable Channel channel;

    Exchange(ChannelPool connections) {
        this.connections = connections;
    }

    /** The exchange that a connection is used for; null while it is idle. */
    static @Nullable Exchange on(Channel channel) {
        return channel.attr(CURRENT).get();
    }

    CompletableFuture<HttpOutcome> outcome() {
        return outcome;
    }

    void endAfter(EventLoop loop, Duration timeout) {
        ScheduledFuture<?> deadline =
                loop.schedule(() -> end(new HttpOutcome.TimedOut()), timeout.toMillis(), TimeUnit.MILLISECONDS);
        outcome.thenAccept(ended -> deadline.cancel(false));
    }

    boolean sent() {
        return channel != null;
    }

    void sendOn(Channel connection, FullHttpRequest request) {
        if (outcome.isDone()) {
            request.release();
            connections.release(connection);
            return;
        }
        channel = connection;
        connection.attr(CURRENT).set(this);
        connection.writeAndFlush(request).addListener(written -> {
            if (!written.isSuccess()) {
                end(new HttpOutcome.Dropped(HttpEndpoint.cause(written.cause())));
            }
        });
    }

    void answered(FullHttpResponse response) {
        boolean keep = HttpUtil.isKeepAlive(response);
        finish(new HttpOutcome.Answered(response.status().code(), ByteBufUtil.getBytes(response.content())), keep);
    }

    /** Ends it without an answer: the connection cannot be used again, an answer might still come on it. */
    void end(HttpOutcome without) {
        finish(without instanceof HttpOutcome.TimedOut && channel == null ? noConnection() : without, false);
    }

    private static HttpOutcome noConnection() {
        return new HttpOutcome.NotReached("no connection was free in time");
    }

    private void finish(HttpOutcome result, boolean keepConnection) {
        if (outcome.isDone()) {
            return;
        }
        if (channel != null) {
            channel.attr(CURRENT).set(null);
            if (!keepConnection) {
                channel.close();
            }
            connections.release(channel);
        }
        outcome.complete(result);
    }
}
