package io.millrace.inference.crawl.fetch;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an address gave.
 *
 * @param uri after redirects
 * @param type media type in lower case, without parameters
 * @param contentType as the server sent it
 */
@SuppressWarnings("ArrayRecordComponent") // is never compared
public record Fetched(URI uri, String type, String contentType, byte[] body) {
    private static final Pattern CHARSET = Pattern.compile("charset=[\"']?([A-Za-z0-9._-]{1,40})");
    private static final int HEAD = 1024;

    static Fetched of(URI uri, String contentType, byte[] body) {
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return new Fetched(uri, type, contentType, body);
    }

    /** The body as text, in the character set that header or document name; UTF-8 when neither does. */
    public String text() {
        String head = new String(body, 0, Math.min(HEAD, body.length), StandardCharsets.ISO_8859_1);
        Matcher named = CHARSET.matcher(contentType + " " + head);
        try {
            return new String(body, named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}
