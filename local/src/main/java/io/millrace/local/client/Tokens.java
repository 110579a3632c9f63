package io.millrace.local.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Issues the tokens of a local stack: JSON Web Tokens (RFC 7519) signed with HS256. */
public final class Tokens {
    /** What a token may be for. */
    public static final List<String> ROLES = List.of("user", "service", "admin");

    private static final Duration VALID = Duration.ofHours(12);
    private static final Duration RENEWABLE = Duration.ofDays(30);
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    private final byte[] secret;
    private final Clock clock;

    /** @param secret at least 32 bytes */
    public Tokens(String secret) {
        this(secret, Clock.systemUTC());
    }

    Tokens(String secret, Clock clock) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.clock = clock;
    }

    /**
     * A token that is valid for 12 h, and that the edge renews until 30 days from now ({@code POST /auth/tokens}).
     *
     * @param user 1 to 64 letters, digits or {@code . _ @ -}
     * @param role one of {@link #ROLES}
     * @throws IllegalArgumentException when either is not
     */
    public String issue(String user, String role) {
        if (!USER.matcher(user).matches()) {
            throw new IllegalArgumentException("--user must be 1 to 64 letters, digits or . _ @ -, not " + user);
        }
        if (!ROLES.contains(role)) {
            throw new IllegalArgumentException("--role must be one of " + String.join(", ", ROLES) + ", not " + role);
        }
        long now = clock.instant().getEpochSecond();
        String claims =
                "{\"iss\":\"millrace\",\"sub\":\"" + user + "\",\"role\":\"" + role + "\",\"iat\":" + now + ",\"exp\":"
                        + (now + VALID.toSeconds()) + ",\"renewable_until\":" + (now + RENEWABLE.toSeconds()) + "}";
        String signed =
                encode(HEADER.getBytes(StandardCharsets.UTF_8)) + "." + encode(claims.getBytes(StandardCharsets.UTF_8));
        return signed + "." + encode(sign(signed));
    }

    private byte[] sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
