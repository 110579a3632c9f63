package io.millrace.edge.artifact;

import java.nio.charset.StandardCharsets;

/** What the first bytes of a blob say it is. Anything a browser could run is not on the list and stays a download. */
enum Sniffed {
    PNG("image/png", new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}, 0),
    JPEG("image/jpeg", new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}, 0),
    GIF("image/gif", ascii("GIF8"), 0),
    WEBP("image/webp", ascii("WEBP"), 8),
    PSD("image/vnd.adobe.photoshop", ascii("8BPS"), 0),
    PDF("application/pdf", ascii("%PDF-"), 0),
    JSON("application/json", ascii("{"), 0),
    OTHER("application/octet-stream", new byte[0], 0);

    /** How many bytes are looked at. */
    static final int HEAD = 16;

    private final String mediaType;

    @SuppressWarnings("ImmutableEnumChecker") // never handed out
    private final byte[] magic;

    private final int at;

    Sniffed(String mediaType, byte[] magic, int at) {
        this.mediaType = mediaType;
        this.magic = magic;
        this.at = at;
    }

    static Sniffed of(byte[] head) {
        for (Sniffed candidate : values()) {
            if (candidate.matches(head)) {
                return candidate;
            }
        }
        return OTHER;
    }

    private boolean matches(byte[] head) {
        if (head.length < at + magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if (head[at + i] != magic[i]) {
                return false;
            }
        }
        return true;
    }

    String mediaType() {
        return mediaType;
    }

    /** Whether a browser may show it in place. */
    boolean inline() {
        return mediaType.startsWith("image/") && this != PSD;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
