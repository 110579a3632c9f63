package io.millrace.local.room;

import io.millrace.local.broker.BrokerLogin;
import io.millrace.local.home.PrivateFile;
import io.millrace.local.home.StackHome;
import io.millrace.schemas.config.KafkaAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;

/** What clients of the broker are told: every room, Kafka's own tools, and kcat. */
final class BrokerFiles {
    private BrokerFiles() {}

    /** The broker listens on this machine only, so a password is enough. */
    static KafkaAccess access(String bootstrapServers, String password) {
        return new KafkaAccess(
                bootstrapServers,
                Map.of(
                        "security.protocol", "SASL_PLAINTEXT",
                        "sasl.mechanism", "PLAIN",
                        "sasl.jaas.config", BrokerLogin.client(password)));
    }

    static void write(StackHome home, KafkaAccess access, String password) throws IOException {
        Files.createDirectories(home.broker());
        PrivateFile.write(home.kafkaProperties(), lines(access.security()));
        PrivateFile.write(
                home.kcat(),
                lines(Map.of(
                        "metadata.broker.list",
                        access.bootstrapServers(),
                        "security.protocol",
                        "SASL_PLAINTEXT",
                        "sasl.mechanism",
                        "PLAIN",
                        "sasl.username",
                        BrokerLogin.USER,
                        "sasl.password",
                        password,
                        "isolation.level",
                        "read_committed")));
    }

    private static String lines(Map<String, String> properties) {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(properties)
                .forEach((name, value) ->
                        lines.append(name).append('=').append(value).append('\n'));
        return lines.toString();
    }
}
