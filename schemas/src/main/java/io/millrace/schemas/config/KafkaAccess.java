package io.millrace.schemas.config;

import java.io.IOException;
import java.io.Reader;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where Kafka is and how its clients convince it: the same for every room. What a client guarantees (acknowledgements, isolation,
 * transactions) is not to be set from outside, so a file may only speak of security.
 *
 * @param bootstrapServers {@code host:port}, comma separated
 * @param security properties of a Kafka client that begin with {@code security.}, {@code sasl.}, {@code ssl.} or
 *     {@code config.providers}; with a provider a password stays in a file of its own and is read where the client runs
 */
public record KafkaAccess(String bootstrapServers, Map<String, String> security) implements Serializable {
    /** Names the file, in the environment. */
    public static final String VARIABLE = "MILLRACE_KAFKA_PROPERTIES";

    private static final String OPTION = "kafka-properties";
    private static final String BOOTSTRAP = "bootstrap.servers";
    private static final List<String> ALLOWED = List.of("security.", "sasl.", "ssl.", "config.providers");

    public KafkaAccess {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("MILLRACE_KAFKA must name the bootstrap servers, as 127.0.0.1:9092");
        }
        for (String name : new TreeMap<>(security).keySet()) {
            if (ALLOWED.stream().noneMatch(name::startsWith)) {
                throw new IllegalArgumentException(VARIABLE + ": " + name
                        + " is not for this file to say; it may hold security.*, sasl.*, ssl.* and config.providers*");
            }
        }
        security = Map.copyOf(security);
    }

    /**
     * Reads {@code --kafka} and, when it is given, the file that {@code --kafka-properties} names.
     *
     * @throws IllegalArgumentException naming the option or the variable, and the remedy
     */
    public static KafkaAccess of(Options options) {
        return of(options.required("kafka"), options.find(OPTION).orElse(null));
    }

    /**
     * @param file a properties file in UTF-8; blank or null: no credentials
     * @throws IllegalArgumentException naming the variable and the remedy
     */
    public static KafkaAccess of(String bootstrapServers, @Nullable String file) {
        Optional<Path> path =
                Optional.ofNullable(file).filter(text -> !text.isBlank()).map(Path::of);
        return new KafkaAccess(
                bootstrapServers.strip(), path.map(KafkaAccess::read).orElse(Map.of()));
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    VARIABLE + ": " + file + " cannot be read as a properties file (" + e + ")", e);
        }
        Map<String, String> security = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> security.put(name, properties.getProperty(name)));
        return security;
    }

    /** All that a client needs: its own settings, where the broker is and how to convince it. */
    public Map<String, Object> client(Map<String, ?> own) {
        Map<String, Object> all = new HashMap<>(own);
        all.putAll(security);
        all.put(BOOTSTRAP, bootstrapServers);
        return all;
    }

    /** The same for an API that wants {@link Properties}: every value as text. */
    public Properties clientProperties(Map<String, ?> own) {
        Properties all = new Properties();
        client(own).forEach((name, value) -> all.setProperty(name, value.toString()));
        return all;
    }

    /** Without values, which may be credentials. */
    @Override
    public String toString() {
        return "KafkaAccess[" + bootstrapServers + ", security=" + new TreeMap<>(security).keySet() + "]";
    }
}
