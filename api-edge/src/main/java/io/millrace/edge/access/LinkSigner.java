package io.millrace.edge.access;

import io.millrace.schemas.artifact.ArtifactRef;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Signed, expiring links to artifacts: HMAC-SHA-256 over hash and expiry, so that {@code <img>} needs no token. */
@Component
public final class LinkSigner {
    private static final Pattern REFERENCE = Pattern.compile("sha256:([0-9a-f]{64})");
    private static final Pattern LINK =
            Pattern.compile("/api/v1/artifacts/([0-9a-f]{64})\\?exp=([0-9]{1,12})&sig=([A-Za-z0-9_-]{1,64})$");
    /** Expiries are rounded up to this, so that equal links stay equal for a while and caches work. */
    private static final long ROUND_SECONDS = Duration.ofHours(1).toSeconds();

    private final SecretKeySpec key;
    private final Duration life;
    private final String prefix;
    private final Clock clock;

    LinkSigner(AccessSettings settings, Clock clock) {
        this.key = new SecretKeySpec(settings.linkSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        this.life = settings.linkLife();
        this.prefix = settings.publicUrl() + "/api/v1/artifacts/";
        this.clock = clock;
    }

    /** {@code /api/v1/artifacts/HASH?exp=SECONDS&sig=SIGNATURE}, behind the public address when one is set. */
    public String link(ArtifactRef ref) {
        long wanted = clock.instant().plus(life).getEpochSecond();
        long expires = (wanted + ROUND_SECONDS - 1) / ROUND_SECONDS * ROUND_SECONDS;
        return prefix + ref.hash() + "?exp=" + expires + "&sig=" + signature(ref, expires);
    }

    /** Whether this edge, or one with the same key, signed the link and it has not expired. */
    public boolean valid(ArtifactRef ref, long expires, String signature) {
        boolean signed = MessageDigest.isEqual(
                signature(ref, expires).getBytes(StandardCharsets.US_ASCII),
                signature.getBytes(StandardCharsets.UTF_8));
        return signed && clock.instant().getEpochSecond() < expires;
    }

    /** What a link of {@link #link} that still works leads to; empty for every other text. */
    public Optional<ArtifactRef> target(String link) {
        Matcher matcher = LINK.matcher(link);
        if (!matcher.find()) {
            return Optional.empty();
        }
        ArtifactRef ref = new ArtifactRef(matcher.group(1));
        return valid(ref, Long.parseLong(matcher.group(2)), matcher.group(3)) ? Optional.of(ref) : Optional.empty();
    }

    /** Replaces every text that is an artifact reference, at any depth, by a link. Changes the node and returns it. */
    public JsonNode linked(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String name : object.propertyNames().stream().toList()) {
                object.set(name, linked(object.path(name)));
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, linked(array.get(i)));
            }
        } else if (node instanceof StringNode text) {
            return StringNode.valueOf(linked(text.stringValue()));
        }
        return node;
    }

    /** The link when the text is an artifact reference, else the text. */
    public String linked(String text) {
        Matcher matcher = REFERENCE.matcher(text);
        return matcher.matches() ? link(new ArtifactRef(matcher.group(1))) : text;
    }

    private String signature(ArtifactRef ref, long expires) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] signed = mac.doFinal((ref.hash() + "\n" + expires).getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
