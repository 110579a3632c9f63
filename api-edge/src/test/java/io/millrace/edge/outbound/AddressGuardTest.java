package io.millrace.edge.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

class AddressGuardTest {
    private final AddressGuard guard = AddressGuard.allowing(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "fc00::1",
                "fdff::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "2001:db8::1",
                "2001::1",
                "2002:7f00:1::1",
                "3fff::1",
                "100::1"
            })
    void whatIsNotPublicIsRefused(String address) throws UnknownHostException {
        assertThat(guard.mayReach(InetAddress.getByName(address))).isFalse();
        assertThatThrownBy(() -> guard.resolve(address))
                .isInstanceOf(AddressGuard.Refused.class)
                .hasMessageContaining("MILLRACE_OUTBOUND_ALLOW")
                .hasMessageNotContaining(address.equals("::") ? "::1" : address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "128.0.0.1",
                "169.253.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.0.1.1",
                "198.17.0.1",
                "198.20.0.1",
                "223.255.255.255",
                "2606:4700::1111",
                "2001:4860:4860::8888",
                "2a00::1"
            })
    void whatIsPublicIsReached(String address) throws UnknownHostException {
        assertThat(guard.mayReach(InetAddress.getByName(address))).isTrue();
    }

    /** Ways to write 127.0.0.1 that some resolvers understand. */
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "2130706433", "127.1", "0", "[::1]", "[::ffff:7f00:1]"})
    void otherSpellingsOfThisMachineLeadNowhere(String host) {
        assertThatThrownBy(() -> guard.resolve(host)).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void anOperatorMayAllowRanges() throws UnknownHostException {
        AddressGuard wider = AddressGuard.allowing(List.of("10.1.0.0/20", "127.0.0.1", "fd00::/9"));

        assertThat(wider.mayReach(InetAddress.getByName("10.1.15.255"))).isTrue();
        assertThat(wider.mayReach(InetAddress.getByName("10.1.16.0"))).isFalse();
        assertThat(wider.mayReach(InetAddress.getByName("127.0.0.1"))).isTrue();
        assertThat(wider.mayReach(InetAddress.getByName("127.0.0.2"))).isFalse();
        assertThat(wider.mayReach(InetAddress.getByName("fd7f::1"))).isTrue();
        assertThat(wider.mayReach(InetAddress.getByName("fd80::1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/x", "300.1.1.1/8", "/8"})
    void aRangeThatIsNoneIsNamed(String range) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OutboundSettings(List.of(range)))
                .withMessageContaining("MILLRACE_OUTBOUND_ALLOW")
                .withMessageContaining("\"" + range + "\"");
    }

    @Test
    void aClientConnectsOnlyWhereTheGuardLetsIt() {
        DisposableServer server = HttpServer.create()
                .bindAddress(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .handle((request, response) -> response.sendString(reactor.core.publisher.Mono.just("inside")))
                .bindNow();
        try {
            for (String host : List.of("127.0.0.1", "localhost")) {
                String url = "http://" + host + ":" + server.port() + "/";
                assertThatThrownBy(() -> get(guard, url)).hasRootCauseInstanceOf(AddressGuard.Refused.class);
            }
            String allowed = get(AddressGuard.allowing(List.of("127.0.0.0/8")), "http://127.0.0.1:" + server.port());
            assertThat(allowed).isEqualTo("inside");
        } finally {
            server.disposeNow();
        }
    }

    private static @Nullable String get(AddressGuard guard, String url) {
        return HttpClient.newConnection()
                .resolver(new GuardedResolver(guard, Schedulers.boundedElastic()))
                .get()
                .uri(url)
                .responseContent()
                .aggregate()
                .asString()
                .block(java.time.Duration.ofMinutes(2));
    }
}
