package io.millrace.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rsocket.RSocket;
import io.rsocket.transport.ClientTransport;
import io.rsocket.transport.netty.client.TcpClientTransport;
import io.rsocket.transport.netty.client.WebsocketClientTransport;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much one RSocket request may hold, on both transports. */
class RSocketSizeTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int WHOLE = 0;
    private static final int FRAGMENT = 16 * 1024;
    private static final int KIBIBYTE = 1024;

    @TempDir
    static Path artifacts;

    private static RunningEdge edge;

    @BeforeAll
    static void start() {
        edge = new RunningEdge(artifacts);
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void legalBodyIsTakenWholeOrInFragments(boolean web) {
        RSocket whole = connected(web, WHOLE);
        RSocket inFragments = connected(web, FRAGMENT);

        assertThat(refusal(whole, 100)).isEmpty();
        assertThat(refusal(whole, 255)).isEmpty();
        assertThat(refusal(inFragments, 255)).isEmpty();
        whole.dispose();
        inFragments.dispose();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bodyALittleTooLargeIsToldSo(boolean web) {
        RSocket socket = connected(web, WHOLE);

        assertThat(refusal(socket, 260)).contains("\"code\":400").contains("Send at most 256 KiB");
        assertThat(refusal(socket, 1)).isEmpty();
        socket.dispose();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tooManyFragmentsEndTheirRequestAndNoOther(boolean web) {
        RSocket greedy = connected(web, FRAGMENT);
        RSocket other = connected(web, WHOLE);

        assertThat(refusal(greedy, 2 * KIBIBYTE)).contains("reassemble");
        assertThat(refusal(greedy, 1)).isEmpty();
        assertThat(refusal(other, 1)).isEmpty();
        greedy.dispose();
        other.dispose();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void frameThatIsTooLargeEndsItsConnectionAndNoOther(boolean web) {
        RSocket greedy = connected(web, WHOLE);
        RSocket other = connected(web, WHOLE);

        assertThat(refusal(greedy, KIBIBYTE)).isNotEmpty();
        await().atMost(PATIENCE).until(greedy::isDisposed);
        assertThat(refusal(other, 1)).isEmpty();
        other.dispose();
    }

    /** What is said to a task of so many KiB, most of them spaces; empty when it is taken. */
    private static String refusal(RSocket socket, int size) {
        return RSocketTest.refusal(
                socket, "tasks.submit", "{\"prompt\":\"p\"" + " ".repeat(size * KIBIBYTE - 20) + "}");
    }

    private static RSocket connected(boolean web, int fragment) {
        ClientTransport transport = web
                ? WebsocketClientTransport.create(
                        URI.create("ws://127.0.0.1:" + edge.address().getPort() + "/rsocket"))
                : TcpClientTransport.create("127.0.0.1", edge.rsocketPort());
        return Objects.requireNonNull(RSocketTest.connector(Tokens.of("alice", "user"))
                .fragment(fragment)
                .connect(transport)
                .block(PATIENCE));
    }
}
