package io.millrace.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.edge.access.AccessSettings;
import io.millrace.edge.broker.KafkaSettings;
import io.millrace.edge.database.DatabaseSettings;
import io.millrace.edge.limit.LimitSettings;
import io.millrace.edge.token.TokenSettings;
import io.millrace.edge.watch.WatchSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SettingsTest {
    @Test
    void defaultsAreThoseOfTheLocalStack() {
        assertThat(bind(KafkaSettings.class, Map.of()))
                .isEqualTo(new KafkaSettings("127.0.0.1:9092", "", Duration.ofHours(24), 200_000, "edge-1"));
        assertThat(bind(WatchSettings.class, Map.of()))
                .isEqualTo(new WatchSettings("127.0.0.1", 7000, 256, Duration.ofMillis(100)));
        assertThat(bind(LimitSettings.class, Map.of())).isEqualTo(new LimitSettings(600, 10, 60, 30));
        assertThat(bind(TokenSettings.class, Map.of()).streamTokenLife()).isEqualTo(Duration.ofMinutes(5));
        assertThat(bind(DatabaseSettings.class, Map.of()).mysqlUrl()).isEqualTo("jdbc:mysql://127.0.0.1:3306/millrace");
    }

    @Test
    void everySettingCanBeGiven() {
        Map<String, String> given = Map.of(
                "millrace.kafka", "k:1",
                "millrace.replay", "1h",
                "millrace.mysql-password", "secret",
                "millrace.rsocket-port", "0",
                "millrace.tick-interval", "50ms",
                "millrace.jwt-secret", Tokens.SECRET,
                "millrace.link-secret", Tokens.SECRET,
                "millrace.link-life", "2h");

        assertThat(bind(KafkaSettings.class, given).replay()).isEqualTo(Duration.ofHours(1));
        assertThat(bind(WatchSettings.class, given).tickInterval()).isEqualTo(Duration.ofMillis(50));
        assertThat(bind(AccessSettings.class, given).linkLife()).isEqualTo(Duration.ofHours(2));
        assertThat(bind(TokenSettings.class, Map.of("millrace.jwt-secret-previous", Tokens.SECRET))
                        .toString())
                .doesNotContain(Tokens.SECRET);
        assertThat(bind(DatabaseSettings.class, given).toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "io.millrace.edge.broker.KafkaSettings, replay, 0s",
        "io.millrace.edge.broker.KafkaSettings, edge-id, a b",
        "io.millrace.edge.broker.KafkaSettings, max-events-replayed, 0",
        "io.millrace.edge.database.DatabaseSettings, mysql-url, jdbc:h2:mem",
        "io.millrace.edge.database.DatabaseSettings, connections, 0",
        "io.millrace.edge.watch.WatchSettings, rsocket-port, 70000",
        "io.millrace.edge.access.AccessSettings, jwt-secret, short",
        "io.millrace.edge.token.TokenSettings, jwt-secret-previous, short",
        "io.millrace.edge.token.TokenSettings, jwks-url, ftp://keys.example",
        "io.millrace.edge.token.TokenSettings, jwks-url, https://keys.example",
        "io.millrace.edge.token.TokenSettings, jwks-algorithm, HS256",
        "io.millrace.edge.token.TokenSettings, stream-token-life, 0s",
        "io.millrace.edge.limit.LimitSettings, limit-polls, -1",
        "io.millrace.edge.origin.OriginSettings, origins, app.example.com",
        "io.millrace.edge.origin.OriginSettings, origins, https://*.example.com",
        "io.millrace.edge.outbound.OutboundSettings, outbound-allow, localhost",
        "io.millrace.edge.delivery.DeliverySettings, webhook-concurrency, 0",
        "io.millrace.edge.delivery.DeliverySettings, webhook-concurrency-user, 0",
        "io.millrace.edge.delivery.DeliverySettings, webhook-patience, 5m",
    })
    void badValuesAreRefused(String type, String name, String value) throws ClassNotFoundException {
        Class<?> settings = Class.forName(type);

        assertThatThrownBy(() -> bind(settings, Map.of("millrace." + name, value)))
                .isNotNull();
    }

    private static <T> T bind(Class<T> type, Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("millrace", type);
    }
}
