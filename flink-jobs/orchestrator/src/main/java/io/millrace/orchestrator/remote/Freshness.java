package io.millrace.orchestrator.remote;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.flink.shaded.netty4.io.netty.channel.Channel;
import org.apache.flink.shaded.netty4.io.netty.channel.pool.ChannelHealthChecker;
import org.apache.flink.shaded.netty4.io.netty.util.AttributeKey;
import org.apache.flink.shaded.netty4.io.netty.util.concurrent.Future;

/**
 * Whether a kept connection may be used once more: while it is open and young. Behind a balancer a connection leads to one process
 * for good, so that processes which came later would never be called.
 *
 * @param maxAge counted from the first time it is used again
 * @param nanoClock as {@link System#nanoTime}
 */
record Freshness(Duration maxAge, LongSupplier nanoClock) implements ChannelHealthChecker {
    static final Duration MAX_AGE = Duration.ofMinutes(1);

    private static final AttributeKey<Long> SINCE = AttributeKey.valueOf(Freshness.class, "since");

    static Freshness standard() {
        return new Freshness(MAX_AGE, System::nanoTime);
    }

    @Override
    public Future<Boolean> isHealthy(Channel channel) {
        long now = nanoClock.getAsLong();
        Long since = channel.attr(SINCE).setIfAbsent(now);
        boolean young = since == null || now - since < maxAge.toNanos();
        return channel.eventLoop().newSucceededFuture(channel.isActive() && young);
    }
}
