package io.millrace.edge.console;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.MediaType;

/** A file of the console, as it is sent. */
final class ConsoleFile {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "svg", "image/svg+xml;charset=UTF-8",
            "json", "application/json",
            "webmanifest", "application/manifest+json");

    private final MediaType type;
    private final String tag;
    private final byte[] bytes;

    private ConsoleFile(MediaType type, byte[] bytes) {
        this.type = type;
        this.tag = tag(bytes);
        this.bytes = bytes;
    }

    /** Empty for a name that is not meant for browsers, as the notes beside the vendored modules. */
    static Optional<ConsoleFile> of(String name, byte[] bytes) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        return Optional.ofNullable(type).map(known -> new ConsoleFile(MediaType.parseMediaType(known), bytes));
    }

    /** What the browser is told it is. */
    MediaType type() {
        return type;
    }

    /** Its ETag: a hash of the bytes, so that every edge of one version says the same. */
    String tag() {
        return tag;
    }

    /** Not to be changed. */
    byte[] bytes() {
        return bytes;
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
