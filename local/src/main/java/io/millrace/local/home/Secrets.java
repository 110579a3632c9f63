package io.millrace.local.home;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.UserError;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What only this stack knows; made once for each home.
 *
 * @param jwt HS256 secret of the edge's tokens
 * @param link key of signed artifact links
 * @param inference bearer credential of the inference functions
 * @param database password of the database user
 * @param broker password of all clients of the broker
 */
public record Secrets(String jwt, String link, String inference, String database, String broker) {
    private static final int BYTES = 32;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NAMES = Stream.of(Secrets.class.getRecordComponents())
            .map(RecordComponent::getName)
            .toList();

    /** Reads the secrets of the home; those that are missing are made. */
    public static Secrets of(StackHome home) throws IOException {
        Path file = home.secrets();
        Map<String, String> secrets = new LinkedHashMap<>(Files.exists(file) ? read(file) : Map.of());
        if (!secrets.keySet().containsAll(NAMES)) {
            NAMES.forEach(name -> secrets.computeIfAbsent(name, missing -> random()));
            PrivateFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(secrets));
        }
        return JSON.convertValue(secrets, Secrets.class);
    }

    private static Map<String, String> read(Path file) {
        try {
            return JSON.readValue(file.toFile(), new TypeReference<>() {});
        } catch (IOException unreadable) {
            throw new UserError("The secrets in " + file + " cannot be read; remove the file to have new ones made.");
        }
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "Secrets[hidden]";
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
