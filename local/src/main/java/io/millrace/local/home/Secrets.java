package io.millrace.local.home;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What only this stack knows; made once for each home.
 *
 * @param jwt HS256 secret of the edge's tokens
 * @param link key of signed artifact links
 * @param inference bearer credential of the inference functions
 * @param database password of the database user
 */
public record Secrets(String jwt, String link, String inference, String database) {
    private static final int BYTES = 32;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads the secrets of the home or makes them; the file has mode 600 from its first byte on. */
    public static Secrets of(StackHome home) throws IOException {
        Path file = home.secrets();
        if (!Files.exists(file)) {
            create(file);
        }
        try {
            return JSON.readValue(file.toFile(), Secrets.class);
        } catch (IOException unreadable) {
            throw new UserError("The secrets in " + file + " cannot be read; remove the file to have new ones made.");
        }
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "Secrets[hidden]";
    }

    private static void create(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Path draft = Files.createTempFile(
                file.getParent(),
                "secrets",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(draft.toFile(), new Secrets(random(), random(), random(), random()));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
