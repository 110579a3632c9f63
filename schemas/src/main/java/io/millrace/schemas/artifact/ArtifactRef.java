package io.millrace.schemas.artifact;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Name of a blob.
 *
 * @param hash SHA-256 of its bytes, 64 lower-case hex digits
 */
public record ArtifactRef(String hash) {
    private static final String PREFIX = "sha256:";
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public ArtifactRef {
        if (!isHash(hash)) {
            throw new IllegalArgumentException("an artifact is named by 64 hex digits, not: " + hash);
        }
    }

    /** Whether the text is 64 hexadecimal digits in lower case. */
    public static boolean isHash(String text) {
        return HASH.matcher(text).matches();
    }

    /** Whether the whole text is {@code sha256:HEX}. */
    public static boolean isReference(String text) {
        return text.startsWith(PREFIX) && isHash(text.substring(PREFIX.length()));
    }

    /** @throws IllegalArgumentException when the text is not {@code sha256:HEX} */
    public static ArtifactRef parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("an artifact reference begins with sha256:, not: " + text);
        }
        return new ArtifactRef(text.substring(PREFIX.length()));
    }

    public static ArtifactRef of(byte[] bytes) {
        try {
            return new ArtifactRef(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** {@code sha256:HEX}. */
    @Override
    public String toString() {
        return PREFIX + hash;
    }
}
