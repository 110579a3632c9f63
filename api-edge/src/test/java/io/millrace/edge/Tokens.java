package io.millrace.edge;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes HS256 tokens for tests. */
final class Tokens {
    static final String SECRET = "0123456789abcdef0123456789abcdef";

    private Tokens() {}

    static String of(String user, String role) {
        return of(user, role, "millrace", SECRET, Instant.now().plusSeconds(3_600));
    }

    /** One that can be renewed until then. */
    static String renewable(String user, Instant expires, Instant until) {
        return signed(
                "{\"sub\":\"%s\",\"role\":\"user\",\"iss\":\"millrace\",\"iat\":%d,\"exp\":%d,\"renewable_until\":%d}"
                        .formatted(
                                user, expires.getEpochSecond() - 60, expires.getEpochSecond(), until.getEpochSecond()),
                SECRET);
    }

    static String of(String user, String role, String issuer, String secret, Instant expires) {
        return signed(
                "{\"sub\":\"%s\",\"role\":\"%s\",\"iss\":\"%s\",\"exp\":%d}"
                        .formatted(user, role, issuer, expires.getEpochSecond()),
                secret);
    }

    private static String signed(String claims, String secret) {
        String head = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));
        String body = head + "." + encode(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return body + "." + encode(mac.doFinal(body.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
