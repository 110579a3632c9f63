package io.millrace.inference.serve;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The bearer token that orchestrator and inference share. Comparing takes the same time wherever two tokens differ. */
final class Credential {
    private final byte[] expected;

    Credential(String token) {
        expected = bytes("Bearer " + token);
    }

    /** @param authorization value of the header; null when there is none */
    boolean matches(@Nullable String authorization) {
        return authorization != null && MessageDigest.isEqual(expected, bytes(authorization));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
