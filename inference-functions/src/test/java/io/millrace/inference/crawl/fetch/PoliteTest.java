package io.millrace.inference.crawl.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoliteTest {
    private static final String RULES = """
        User-agent: *
        Disallow: /

        # ours
        User-agent: other
        User-agent: Millrace
        Disallow: /private
        Allow: /private/open$
        Disallow: /*.pdf$
        Crawl-delay: 2.5
        Disallow:
        """;

    @ParameterizedTest
    @CsvSource({
        "/,true",
        "/private,false",
        "/private/a,false",
        "/private/open,true",
        "/private/open/more,false",
        "/a/b.pdf,false",
        "/a/b.pdf?x,true"
    })
    void theLongestRuleOfOurGroupDecides(String target, boolean allowed) {
        Robots robots = Robots.parse(RULES, "millrace");

        assertThat(robots.allows(target)).isEqualTo(allowed);
        assertThat(robots.delay()).isEqualTo(Duration.ofMillis(2_500));
    }

    @Test
    void othersFollowTheRuleForAllAndNoRulesAllowAll() {
        assertThat(Robots.parse(RULES, "stranger").allows("/page")).isFalse();
        assertThat(Robots.parse("hello\nworld", "millrace").allows("/page")).isTrue();
        assertThat(Robots.CLOSED.allows("/page")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/*.pdf,/a.pdf.html,false",
        "/*.pdf$,/a.pdf.pdf,false",
        "/*.pdf$,/a.pdf.html,true",
        "/a*b*c,/a-b-b-c-d,false",
        "/a*b*c$,/a-c-b,true",
        "/a**$,/a,false",
        "*,/,false",
        "$,/,true",
        "/a.c,/abc,true",
        "/a?x=*1,/a?x=21,false",
        "/a$b,/a$bc,false"
    })
    void starsStandForAnythingAndADollarForTheEnd(String rule, String target, boolean allowed) {
        Robots robots = Robots.parse("User-agent: *\nDisallow: " + rule, "millrace");

        assertThat(robots.allows(target)).isEqualTo(allowed);
    }

    @Test
    void aRuleOfManyStarsIsAnsweredAtOnce() {
        String rule = "/" + "*a".repeat(40) + "*b";
        Robots robots = Robots.parse("User-agent: *\nDisallow: " + rule, "millrace");

        boolean allowed =
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> robots.allows("/" + "a".repeat(4_000) + "c"));

        assertThat(allowed).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.0.1",
                "198.18.0.1",
                "::1",
                "fe80::1",
                "fd00::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2002:7f00:1::",
                "240.0.0.1",
                "192.0.0.8"
            })
    void privateAddressesAreKnown(String address) throws Exception {
        assertThat(Addresses.isPrivate(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "93.184.216.34", "100.128.0.1", "172.32.0.1", "2606:4700::1111"})
    void publicAddressesAreReached(String address) throws Exception {
        assertThat(Addresses.isPrivate(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/a",
                "http://2130706433/",
                "http://[::1]:80/",
                "file:///etc/passwd",
                "http://ann:secret@1.1.1.1/",
                "gopher://1.1.1.1/"
            })
    void otherAddressesAreRefused(String url) {
        assertThatThrownBy(() -> new Addresses(Set.of()).require(URI.create(url)))
                .isInstanceOf(NotFetched.class);
    }

    @Test
    void aHostThatTheInstallationNamesIsReachedOnThatPortAlone() throws Exception {
        Addresses addresses = new Addresses(Set.of("127.0.0.1:8080"));

        addresses.require(URI.create("http://127.0.0.1:8080/page"));
        assertThatThrownBy(() -> addresses.require(URI.create("http://127.0.0.1:8081/page")))
                .hasMessageContaining("private network");
    }
}
