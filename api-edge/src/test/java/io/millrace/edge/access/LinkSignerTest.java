package io.millrace.edge.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.edge.Json;
import io.millrace.schemas.artifact.ArtifactRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LinkSignerTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:20:30Z");
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Pattern LINK =
            Pattern.compile("/api/v1/artifacts/([0-9a-f]{64})\\?exp=(\\d+)&sig=([A-Za-z0-9_-]{43})");

    private final ArtifactRef ref = new ArtifactRef("ab".repeat(32));

    @Test
    void linkWorksUntilItExpires() {
        Matcher link = LINK.matcher(signer(NOW, SECRET).link(ref));
        assertThat(link.matches()).isTrue();
        long expires = Long.parseLong(link.group(2));
        assertThat(Instant.ofEpochSecond(expires)).isAfterOrEqualTo(NOW.plus(Duration.ofHours(24)));

        Instant last = Instant.ofEpochSecond(expires - 1);
        assertThat(signer(last, SECRET).valid(ref, expires, link.group(3))).isTrue();
        assertThat(signer(last.plusSeconds(1), SECRET).valid(ref, expires, link.group(3)))
                .isFalse();
    }

    @Test
    void nothingInALinkCanBeChanged() {
        LinkSigner signer = signer(NOW, SECRET);
        Matcher link = LINK.matcher(signer.link(ref));
        assertThat(link.matches()).isTrue();
        long expires = Long.parseLong(link.group(2));
        String signature = link.group(3);

        assertThat(signer.valid(ref, expires + 1, signature)).isFalse();
        assertThat(signer.valid(new ArtifactRef("ac".repeat(32)), expires, signature))
                .isFalse();
        assertThat(signer.valid(ref, expires, signature.substring(1) + "A")).isFalse();
        assertThat(signer.valid(ref, expires, "")).isFalse();
        assertThat(signer(NOW, SECRET.toUpperCase(java.util.Locale.ROOT)).valid(ref, expires, signature))
                .isFalse();
    }

    @Test
    void referencesAtAnyDepthBecomeLinksAndOtherTextStays() {
        JsonNode json =
                Json.lenient("{\"a\":[{\"b\":\"%s\"},\"%s!\"],\"n\":7,\"c\":\"sha256:zz\"}".formatted(ref, ref));

        JsonNode linked = signer(NOW, SECRET).linked(json);

        assertThat(linked.at("/a/0/b").asString()).matches(LINK);
        assertThat(linked.at("/a/1").asString()).isEqualTo(ref + "!");
        assertThat(linked.path("c").asString()).isEqualTo("sha256:zz");
        assertThat(linked.path("n").asInt()).isEqualTo(7);
    }

    @Test
    void shortSecretsAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AccessSettings("short", SECRET, Duration.ofHours(1), ""))
                .withMessageContaining("MILLRACE_JWT_SECRET");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AccessSettings(SECRET, "", Duration.ofHours(1), ""))
                .withMessageContaining("MILLRACE_LINK_SECRET");
        assertThat(new AccessSettings(SECRET, SECRET, Duration.ofHours(1), "").toString())
                .doesNotContain(SECRET);
    }

    private static LinkSigner signer(Instant now, String secret) {
        AccessSettings settings = new AccessSettings(SECRET, secret, Duration.ofHours(24), "");
        return new LinkSigner(settings, Clock.fixed(now, ZoneOffset.UTC));
    }
}
