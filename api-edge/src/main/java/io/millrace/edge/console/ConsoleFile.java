package io.millrace.edge.console;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.MediaType;

/**
 * A file of the console, as it is sent.
 *
 * @param type what the browser is told it is
 * @param tag its ETag: a hash of the bytes, so that every edge of one version says the same
 * @param bytes never changed after the start
 */
record ConsoleFile(MediaType type, String tag, byte[] bytes) {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "svg", "image/svg+xml;charset=UTF-8",
            "json", "application/json",
            "webmanifest", "application/manifest+json");

    /** Empty for a name that is not meant for browsers, as the notes beside the vendored modules. */
    static Optional<ConsoleFile> of(String name, byte[] bytes) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        return Optional.ofNullable(type)
                .map(known -> new ConsoleFile(MediaType.parseMediaType(known), tag(bytes), bytes));
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(hash, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
