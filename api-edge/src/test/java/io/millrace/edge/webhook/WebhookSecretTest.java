package io.millrace.edge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookSecretTest {
    /** The vector of the Standard Webhooks reference libraries. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @Test
    void signatureIsThatOfTheStandard() {
        String signature = WebhookSecret.signature(
                List.of(SECRET),
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330L,
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void whileSecretsOverlapBothSign() {
        Instant until = Instant.parse("2026-11-22T12:00:00Z");
        Webhook.Secrets secrets = new Webhook.Secrets(SECRET, WebhookSecret.fresh(), until);

        assertThat(secrets.at(until.minusSeconds(1))).hasSize(2).startsWith(SECRET);
        assertThat(secrets.at(until)).containsExactly(SECRET);
        assertThat(WebhookSecret.signature(secrets.at(until.minusSeconds(1)), "m", 1, new byte[0])
                        .split(" "))
                .hasSize(2)
                .allMatch(part -> part.startsWith("v1,"));
        assertThat(secrets.toString()).doesNotContain("whsec");
    }

    @Test
    void onlySecretsOfTheStandardsLengthAreTaken() {
        assertThat(WebhookSecret.isOne(WebhookSecret.fresh())).isTrue();
        assertThat(WebhookSecret.isOne(SECRET)).isTrue();
        for (String none :
                List.of("", "whsec_", "whsec_AAAA", "secret", "whsec_" + "?".repeat(32), "whsec_" + "A".repeat(400))) {
            assertThat(WebhookSecret.isOne(none)).as(none).isFalse();
        }
    }
}
