package io.millrace.edge.webhook;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.security.crypto.encrypt.Encryptors;
import org.springframework.security.crypto.encrypt.TextEncryptor;
import org.springframework.stereotype.Component;

/** Makes secrets that must be used again, and so cannot be hashed, unreadable in the database: AES-256-GCM, a nonce for each. */
@Component
final class SecretSeal {
    private static final String SEALED = "sealed:";
    private static final String SALT =
            HexFormat.of().formatHex("millrace webhooks".getBytes(StandardCharsets.US_ASCII));

    private final TextEncryptor encryptor;

    SecretSeal(SealSettings settings) {
        encryptor = Encryptors.delux(settings.sealSecret(), SALT);
    }

    /** At most 300 characters for a secret of 94. */
    String seal(String secret) {
        return SEALED + encryptor.encrypt(secret);
    }

    /** The secret; one that was stored before there were seals as it is; empty when another key had sealed it. */
    Optional<String> open(String stored) {
        if (!stored.startsWith(SEALED)) {
            return Optional.of(stored);
        }
        try {
            return Optional.of(encryptor.decrypt(stored.substring(SEALED.length())));
        } catch (IllegalStateException | IllegalArgumentException anotherKey) {
            return Optional.empty();
        }
    }
}
