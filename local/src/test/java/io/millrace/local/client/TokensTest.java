package io.millrace.local.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Tokens TOKENS = new Tokens(SECRET, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aTokenNamesItsBearerAndItsEnd() throws Exception {
        String[] parts = TOKENS.issue("ann", "admin").split("\\.");
        JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));

        assertThat(claims.path("iss").asText()).isEqualTo("millrace");
        assertThat(claims.path("sub").asText()).isEqualTo("ann");
        assertThat(claims.path("role").asText()).isEqualTo("admin");
        assertThat(claims.path("exp").asLong())
                .isEqualTo(NOW.plusSeconds(12 * 3600).getEpochSecond());
        assertThat(claims.path("renewable_until").asLong())
                .isEqualTo(NOW.plusSeconds(30 * 24 * 3600).getEpochSecond());
    }

    @Test
    void theSignatureIsThatOfTheSecret() throws Exception {
        String[] parts = TOKENS.issue("ann", "user").split("\\.");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] expected = mac.doFinal((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));

        assertThat(Base64.getUrlDecoder().decode(parts[2])).isEqualTo(expected);
    }

    @Test
    void whatCouldBreakTheClaimsIsRefused() {
        assertThatThrownBy(() -> TOKENS.issue("a\",\"role\":\"admin", "user")).hasMessageContaining("--user");
        assertThatThrownBy(() -> TOKENS.issue("ann", "root")).hasMessageContaining("user, service, admin");
    }
}
