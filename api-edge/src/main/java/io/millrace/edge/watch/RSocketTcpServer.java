package io.millrace.edge.watch;

import io.rsocket.core.RSocketServer;
import io.rsocket.transport.netty.server.CloseableChannel;
import io.rsocket.transport.netty.server.TcpServerTransport;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.netty.tcp.TcpServer;

/** RSocket over TCP, beside the one over WebSocket: Spring Boot would serve one or the other. */
public final class RSocketTcpServer implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(RSocketTcpServer.class);
    private static final Duration BIND = Duration.ofSeconds(10);

    private final WatchSettings settings;
    private final RSocketServer server;
    private volatile @Nullable CloseableChannel channel;

    RSocketTcpServer(WatchSettings settings, RSocketServer server) {
        this.settings = settings;
        this.server = server;
    }

    @Override
    public void start() {
        TcpServer tcp = TcpServer.create().host(settings.host()).port(settings.rsocketPort());
        channel = server.bind(TcpServerTransport.create(tcp, WatchConfiguration.MAX_REQUEST))
                .block(BIND);
        LOG.info("event=rsocket_listening address={}", address());
    }

    /** Where it listens; the port is a free one when 0 was asked for. */
    public InetSocketAddress address() {
        CloseableChannel open = channel;
        if (open == null) {
            throw new IllegalStateException("the RSocket server has not been started");
        }
        return open.address();
    }

    @Override
    public void stop() {
        CloseableChannel open = channel;
        if (open != null) {
            open.dispose();
        }
    }

    @Override
    public boolean isRunning() {
        CloseableChannel open = channel;
        return open != null && !open.isDisposed();
    }
}
