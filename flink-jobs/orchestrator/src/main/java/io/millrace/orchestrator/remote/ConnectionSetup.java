package io.millrace.orchestrator.remote;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.apache.flink.shaded.netty4.io.netty.channel.Channel;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandlerContext;
import org.apache.flink.shaded.netty4.io.netty.channel.SimpleChannelInboundHandler;
import org.apache.flink.shaded.netty4.io.netty.channel.pool.AbstractChannelPoolHandler;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.FullHttpResponse;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpClientCodec;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpObjectAggregator;
import org.apache.flink.shaded.netty4.io.netty.handler.ssl.SslContext;
import org.apache.flink.shaded.netty4.io.netty.handler.ssl.SslContextBuilder;
import org.apache.flink.shaded.netty4.io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/** What a new connection is equipped with. */
final class ConnectionSetup extends AbstractChannelPoolHandler {
    /** The largest batch of the largest outputs, and headroom. */
    private static final int MAX_BODY_BYTES = 96 << 20;

    private final @Nullable SslContext tls;
    private final String host;
    private final int port;

    private ConnectionSetup(@Nullable SslContext tls, String host, int port) {
        this.tls = tls;
        this.host = host;
        this.port = port;
    }

    static ConnectionSetup of(String scheme, String host, int port) {
        try {
            SslContext tls =
                    scheme.equals("https") ? SslContextBuilder.forClient().build() : null;
            return new ConnectionSetup(tls, host, port);
        } catch (SSLException e) {
            throw new IllegalStateException("this JVM cannot speak TLS, which --inference-url asks for", e);
        }
    }

    @Override
    public void channelCreated(Channel channel) {
        if (tls != null) {
            SslHandler handler = tls.newHandler(channel.alloc(), host, port);
            SSLParameters parameters = handler.engine().getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            handler.engine().setSSLParameters(parameters);
            channel.pipeline().addLast(handler);
        }
        channel.pipeline()
                .addLast(new HttpClientCodec(), new HttpObjectAggregator(MAX_BODY_BYTES), new AnswerHandler());
    }

    /** Hands what arrives on a connection to the exchange it is used for. */
    private static final class AnswerHandler extends SimpleChannelInboundHandler<FullHttpResponse> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            Exchange exchange = Exchange.on(context.channel());
            if (exchange == null) {
                context.close();
                return;
            }
            exchange.answered(response);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            end(context, "closed");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            end(context, HttpEndpoint.cause(cause));
            context.close();
        }

        private static void end(ChannelHandlerContext context, String cause) {
            Exchange exchange = Exchange.on(context.channel());
            if (exchange != null) {
                exchange.end(new HttpOutcome.Dropped(cause));
            }
        }
    }
}
