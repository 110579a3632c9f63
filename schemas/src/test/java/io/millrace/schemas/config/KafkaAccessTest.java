package io.millrace.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaAccessTest {
    @TempDir
    private Path folder;

    @Test
    void aClientGetsItsOwnSettingsTheAddressAndTheCredentials() throws IOException {
        KafkaAccess access = KafkaAccess.of(options("--kafka=a:1,b:2", "--kafka-properties=" + file("""
                security.protocol=SASL_SSL
                sasl.jaas.config=pass=w\u00f6rd
                config.providers=directory
                """)));

        assertThat(access.client(Map.of("linger.ms", 5)))
                .isEqualTo(Map.of(
                        "bootstrap.servers", "a:1,b:2",
                        "security.protocol", "SASL_SSL",
                        "sasl.jaas.config", "pass=w\u00f6rd",
                        "config.providers", "directory",
                        "linger.ms", 5));
        assertThat(access.clientProperties(Map.of("linger.ms", 5)))
                .containsEntry("linger.ms", "5")
                .hasSize(5);
        assertThat(access.toString()).contains("a:1", "sasl.jaas.config").doesNotContain("w\u00f6rd");
    }

    @Test
    void withoutAFileThereAreNoCredentials() {
        assertThat(KafkaAccess.of("a:1", " ").security()).isEmpty();
        assertThat(KafkaAccess.of(options("--kafka=a:1")).client(Map.of()))
                .isEqualTo(Map.of("bootstrap.servers", "a:1"));
        assertThatThrownBy(() -> KafkaAccess.of(" ", null)).hasMessageStartingWith("MILLRACE_KAFKA must name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"acks=0", "isolation.level=read_uncommitted", "bootstrap.servers=c:3", "transactional.id=x"})
    void whatAClientGuaranteesIsNotForTheFileToSay(String line) throws IOException {
        String file = file("security.protocol=SSL\n" + line + "\n");

        assertThatThrownBy(() -> KafkaAccess.of("a:1", file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("MILLRACE_KAFKA_PROPERTIES: " + line.replaceAll("=.*", "") + " is not for");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        String broken = file("sasl.jaas.config=\\u12");

        assertThatThrownBy(() -> KafkaAccess.of("a:1", folder.resolve("none").toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MILLRACE_KAFKA_PROPERTIES: ")
                .hasMessageContaining("none cannot be read");
        assertThatThrownBy(() -> KafkaAccess.of("a:1", broken)).hasMessageContaining("cannot be read as a properties");
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("kafka.properties"), text).toString();
    }

    private static Options options(String... args) {
        return new Options(args, Map.of());
    }
}
