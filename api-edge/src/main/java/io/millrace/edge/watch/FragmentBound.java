package io.millrace.edge.watch;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.DecoderException;
import io.rsocket.DuplexConnection;
import io.rsocket.RSocketErrorException;
import io.rsocket.exceptions.ConnectionErrorException;
import io.rsocket.frame.FrameHeaderCodec;
import io.rsocket.frame.FrameType;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A connection that ends when it sends more than the edge holds for it. The library bounds each request, not how many of them wait for
 * their last fragment; and of a frame that is too large over TCP it says nothing, so that the caller would wait for its keepalive.
 */
final class FragmentBound implements DuplexConnection {
    /** Bytes of all requests of a connection that wait for their last fragment. */
    static final int MAX_BYTES = 8 * WatchConfiguration.MAX_REQUEST;

    private final DuplexConnection connection;
    /** Bytes that came of each request, by its stream. */
    private final Map<Integer, Integer> waiting = new HashMap<>();

    private volatile int waitingBytes;
    /** Frames of a connection come one after the other, and only they end it from here. */
    private boolean ended;

    FragmentBound(DuplexConnection connection) {
        this.connection = connection;
    }

    /** Ends without a failure when the connection is ended from here: nobody behind it has a use for one. */
    @Override
    public Flux<ByteBuf> receive() {
        return connection.receive().filter(this::takes).onErrorResume(DecoderException.class, failure -> {
            end("a frame is larger than the edge takes");
            return Flux.empty();
        });
    }

    private boolean takes(ByteBuf frame) {
        if (ended) {
            return false;
        }
        if (frame.readableBytes() < FrameHeaderCodec.size()) {
            end("a frame has no header");
            return false;
        }
        int stream = FrameHeaderCodec.streamId(frame);
        if (stream != 0 && FrameHeaderCodec.hasFollows(frame)) {
            hold(stream, frame.readableBytes());
        } else {
            forget(stream);
        }
        if (waitingBytes > MAX_BYTES) {
            end("too many requests wait for their last fragment");
        }
        return !ended;
    }

    private synchronized void hold(int stream, int bytes) {
        waiting.merge(stream, bytes, Integer::sum);
        waitingBytes += bytes;
    }

    private synchronized void forget(int stream) {
        Integer bytes = waiting.remove(stream);
        waitingBytes -= bytes == null ? 0 : bytes;
    }

    private void end(String why) {
        ended = true;
        connection.sendErrorAndClose(
                new ConnectionErrorException(why + ": send bodies of at most 256 KiB, at most eight at a time"));
    }

    @Override
    public void sendFrame(int streamId, ByteBuf frame) {
        if (waitingBytes > 0 && FrameHeaderCodec.nativeFrameType(frame) == FrameType.ERROR) {
            forget(streamId);
        }
        connection.sendFrame(streamId, frame);
    }

    @Override
    public void sendErrorAndClose(RSocketErrorException failure) {
        connection.sendErrorAndClose(failure);
    }

    @Override
    public ByteBufAllocator alloc() {
        return connection.alloc();
    }

    @Override
    public SocketAddress remoteAddress() {
        return connection.remoteAddress();
    }

    @Override
    public double availability() {
        return connection.availability();
    }

    @Override
    public void dispose() {
        connection.dispose();
    }

    @Override
    public boolean isDisposed() {
        return connection.isDisposed();
    }

    @Override
    public Mono<Void> onClose() {
        return connection.onClose();
    }
}
