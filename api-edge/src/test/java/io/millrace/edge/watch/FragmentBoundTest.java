package io.millrace.edge.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.rsocket.DuplexConnection;
import io.rsocket.RSocketErrorException;
import io.rsocket.exceptions.ApplicationErrorException;
import io.rsocket.frame.CancelFrameCodec;
import io.rsocket.frame.ErrorFrameCodec;
import io.rsocket.frame.FrameHeaderCodec;
import io.rsocket.frame.FrameType;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class FragmentBoundTest {
    private static final int REQUEST = FragmentBound.MAX_BYTES / 8;

    private final Wire wire = new Wire();
    private final FragmentBound bound = new FragmentBound(wire);
    private final List<ByteBuf> taken = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();

    @BeforeEach
    void listen() {
        bound.receive().subscribe(taken::add, failures::add);
    }

    @Test
    void requestsThatWaitForTheirLastFragmentAreBoundedTogether() {
        for (int stream = 1; stream <= 15; stream += 2) {
            come(stream, true);
        }
        assertThat(wire.ended).isNull();

        come(17, true);

        assertThat(wire.ended).hasMessageContaining("too many requests wait for their last fragment");
        assertThat(taken).hasSize(8);
    }

    @Test
    void aRequestThatIsWholeCancelledOrRefusedCountsNoMore() {
        for (int stream = 1; stream <= 99; stream += 6) {
            come(stream, true);
            come(stream, false);
            come(stream + 2, true);
            wire.in.tryEmitNext(CancelFrameCodec.encode(ByteBufAllocator.DEFAULT, stream + 2));
            come(stream + 4, true);
            bound.sendFrame(
                    stream + 4,
                    ErrorFrameCodec.encode(
                            ByteBufAllocator.DEFAULT, stream + 4, new ApplicationErrorException("too large")));
        }

        assertThat(wire.ended).isNull();
    }

    @Test
    void aFrameWithoutAHeaderEndsTheConnection() {
        wire.in.tryEmitNext(Unpooled.wrappedBuffer(new byte[3]));
        come(1, false);

        assertThat(wire.ended).hasMessageContaining("no header");
        assertThat(taken).isEmpty();
        assertThat(failures).isEmpty();
    }

    private void come(int stream, boolean follows) {
        ByteBuf header = FrameHeaderCodec.encode(
                ByteBufAllocator.DEFAULT, stream, FrameType.PAYLOAD, follows ? FrameHeaderCodec.FLAGS_F : 0);
        wire.in.tryEmitNext(
                Unpooled.wrappedBuffer(header, Unpooled.wrappedBuffer(new byte[REQUEST - header.readableBytes()])));
    }

    /** The other end, by hand. */
    private static final class Wire implements DuplexConnection {
        private final Sinks.Many<ByteBuf> in = Sinks.many().unicast().onBackpressureBuffer();
        private @Nullable RSocketErrorException ended;

        @Override
        public void sendFrame(int streamId, ByteBuf frame) {
            frame.release();
        }

        @Override
        public void sendErrorAndClose(RSocketErrorException failure) {
            ended = failure;
        }

        @Override
        public Flux<ByteBuf> receive() {
            return in.asFlux();
        }

        @Override
        public ByteBufAllocator alloc() {
            return ByteBufAllocator.DEFAULT;
        }

        @Override
        public SocketAddress remoteAddress() {
            return InetSocketAddress.createUnresolved("nowhere", 1);
        }

        @Override
        public void dispose() {}

        @Override
        public Mono<Void> onClose() {
            return Mono.never();
        }
    }
}
